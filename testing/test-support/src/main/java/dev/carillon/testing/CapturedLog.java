package dev.carillon.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Captures what is logged until it is closed, and keeps it off the console. Needs SLF4J's backend for {@code java.util.logging}.
 * Thread-safe.
 */
public final class CapturedLog implements AutoCloseable {

    private final Logger logger;
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

    /** Captures everything below {@code dev.carillon}. */
    public CapturedLog() {
        this("dev.carillon");
    }

    /** Captures the log of one class. */
    public CapturedLog(Class<?> type) {
        this(type.getName());
    }

    private CapturedLog(String name) {
        logger = Logger.getLogger(name);
        logger.setUseParentHandlers(false);
        logger.addHandler(handler);
    }

    /** What was logged so far, oldest first. */
    public List<LogRecord> records() {
        return records;
    }

    /** The messages of this level, oldest first. */
    public List<String> messages(Level level) {
        return messages(record -> record.getLevel().equals(level));
    }

    /** The messages of level {@link Level#WARNING}, oldest first. */
    public List<String> warnings() {
        return messages(Level.WARNING);
    }

    /** The messages of level {@link Level#SEVERE}, oldest first. */
    public List<String> errors() {
        return messages(Level.SEVERE);
    }

    /** The messages of level {@link Level#WARNING} and above, oldest first. */
    public List<String> warningsAndErrors() {
        return messages(record -> record.getLevel().intValue() >= Level.WARNING.intValue());
    }

    /** What was thrown, for each record in its order; null for a record without a throwable. */
    public List<Throwable> causes() {
        return records.stream().map(LogRecord::getThrown).toList();
    }

    private List<String> messages(Predicate<LogRecord> wanted) {
        return records.stream().filter(wanted).map(LogRecord::getMessage).toList();
    }

    @Override
    public void close() {
        logger.removeHandler(handler);
        logger.setUseParentHandlers(true);
    }
}
