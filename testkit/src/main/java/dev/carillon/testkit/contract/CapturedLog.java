package dev.carillon.testkit.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.UUID;
import org.slf4j.LoggerFactory;

/**
 * What is logged until closed, as far as the logging backend writes it to standard error, which SLF4J's simple backend does.
 * With another backend the test that asks for it is aborted: it has nothing to look at.
 */
final class CapturedLog implements AutoCloseable {

    private final PrintStream original = System.err;
    private final ByteArrayOutputStream captured = new ByteArrayOutputStream();

    CapturedLog() {
        System.setErr(new PrintStream(new Tee(original, captured), true, UTF_8));
        String probe = "probe " + UUID.randomUUID();
        LoggerFactory.getLogger("dev.carillon.testkit").info(probe);
        boolean seen = !linesWith(probe).isEmpty();
        if (!seen) {
            close();
        }
        assumeTrue(seen, "the logging backend does not write INFO to standard error, such as slf4j-simple does");
    }

    List<String> linesWith(String text) {
        return captured.toString(UTF_8)
                .lines()
                .filter(line -> line.contains(text))
                .toList();
    }

    @Override
    public void close() {
        System.setErr(original);
    }

    private static final class Tee extends OutputStream {
        private final PrintStream original;
        private final ByteArrayOutputStream copy;

        Tee(PrintStream original, ByteArrayOutputStream copy) {
            this.original = original;
            this.copy = copy;
        }

        @Override
        public void write(int b) {
            original.write(b);
            copy.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            original.write(bytes, offset, length);
            copy.write(bytes, offset, length);
        }

        @Override
        public void flush() {
            original.flush();
        }
    }
}
