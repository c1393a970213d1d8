package dev.carillon.bus.jdbc;

import dev.carillon.bus.spi.Header;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Headers in one column: their number, then name, length and bytes of each. */
final class HeaderBytes {

    private HeaderBytes() {}

    static byte[] write(List<Header> headers) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(headers.size());
            for (Header header : headers) {
                out.writeUTF(header.name());
                out.writeInt(header.value().length);
                out.write(header.value());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static List<Header> read(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int count = in.readInt();
            List<Header> headers = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                String name = in.readUTF();
                headers.add(new Header(name, in.readNBytes(in.readInt())));
            }
            return List.copyOf(headers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
