package dev.carillon.events;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What is logged below {@code dev.carillon} until closed; kept off the console. */
public final class CapturedLog implements AutoCloseable {

    private final Logger logger = Logger.getLogger("dev.carillon");
    private final List<LogRecord> records = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            records.add(record);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    /** Starts to capture. */
    public CapturedLog() {
        logger.setUseParentHandlers(false);
        logger.addHandler(handler);
    }

    /** The messages of this level so far, oldest first. */
    public List<String> messages(Level level) {
        return records.stream()
                .filter(record -> record.getLevel().equals(level))
                .map(LogRecord::getMessage)
                .toList();
    }

    /** The errors so far, oldest first. */
    public List<String> errors() {
        return messages(Level.SEVERE);
    }

    /** What was logged along with the errors. */
    public List<Throwable> causes() {
        return records.stream().map(LogRecord::getThrown).toList();
    }

    @Override
    public void close() {
        logger.removeHandler(handler);
        logger.setUseParentHandlers(true);
    }
}
