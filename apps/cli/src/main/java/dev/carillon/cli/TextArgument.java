package dev.carillon.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Text that an argument holds, or says where to read: {@code @FILE}, or {@code -} for standard input. */
final class TextArgument {

    private TextArgument() {}

    /**
     * The text of an argument.
     *
     * @throws IllegalArgumentException when it cannot be read, or is not UTF-8
     */
    static String read(String argument, InputStream standardInput) {
        if (argument.equals("-")) {
            return read("Standard input", standardInput::readAllBytes);
        }
        if (argument.startsWith("@")) {
            return readFile(argument.substring(1));
        }
        return argument;
    }

    private static String readFile(String file) {
        return read("File " + file, () -> Files.readAllBytes(Path.of(file)));
    }

    private interface Source {
        byte[] bytes() throws IOException;
    }

    private static String read(String name, Source source) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(source.bytes()))
                    .toString();
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(name + " does not exist", e);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(name + " is not UTF-8", e);
        } catch (IOException e) {
            throw new IllegalArgumentException(name + " cannot be read: " + e.getMessage(), e);
        }
    }
}
