package dev.carillon.testkit.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/**
 * Captures log lines until it is closed. Works with logging backends that write to {@code java.util.logging} or to standard error,
 * as SLF4J's own do. With another backend the constructor aborts the test.
 */
final class CapturedLog implements AutoCloseable {

    private static final String AUDIT = "dev.carillon.bus.audit";

    private final PrintStream standardError = System.err;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final Logger logger = Logger.getLogger("dev.carillon");
    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            messages.add(record.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    CapturedLog() {
        System.setErr(new PrintStream(written, true, UTF_8));
        logger.addHandler(handler);
        String probe = "probe " + UUID.randomUUID();
        LoggerFactory.getLogger(AUDIT).info(probe);
        boolean seen = !linesWith(probe).isEmpty();
        if (!seen) {
            close();
        }
        assumeTrue(seen, AUDIT + " at INFO reaches neither java.util.logging nor standard error");
    }

    List<String> linesWith(String text) {
        return Stream.concat(written.toString(UTF_8).lines(), messages.stream())
                .filter(line -> line.contains(text))
                .toList();
    }

    @Override
    public void close() {
        System.setErr(standardError);
        logger.removeHandler(handler);
        standardError.print(written.toString(UTF_8));
    }
}
