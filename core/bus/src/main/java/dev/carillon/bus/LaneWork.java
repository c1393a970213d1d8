package dev.carillon.bus;

import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What lanes do with a task: sort it where that was not done yet, deliver it, and say when it is finished with. */
final class LaneWork {

    private static final Logger LOG = LoggerFactory.getLogger(EventConsumer.class);

    private final MessageSorter sorter;
    private final Deliverer deliverer;
    private final InFlight inFlight;
    private final Predicate<Held> isOurs;
    private final Consumer<Error> fatal;

    /**
     * Begins with nothing that is not ours, as {@code isOurs} says, and tells {@code fatal} of an error of the consumer itself.
     */
    LaneWork(
            MessageSorter sorter,
            Deliverer deliverer,
            InFlight inFlight,
            Predicate<Held> isOurs,
            Consumer<Error> fatal) {
        this.sorter = sorter;
        this.deliverer = deliverer;
        this.inFlight = inFlight;
        this.isOurs = isOurs;
        this.fatal = fatal;
    }

    /** Does it. */
    Outcome apply(Task task) {
        Held held = task.held();
        if (!isOurs.test(held) || !held.begin()) {
            return Outcome.LEFT;
        }
        if (held.isGone()) {
            inFlight.finished(held);
            return Outcome.FINISHED;
        }
        return concluded(task, () -> deliver(task));
    }

    /** Concludes a task whose outcome was {@link Outcome.Kind#WHEN_PUBLISHED}. */
    Outcome published(Delivery<?> delivery) {
        return concluded(delivery, () -> guarded(delivery, () -> deliverer.published(delivery)));
    }

    private Outcome concluded(Task task, Supplier<Outcome> work) {
        Held held = task.held();
        try {
            Outcome outcome = work.get();
            if (outcome.kind() == Outcome.Kind.FINISHED) {
                inFlight.finished(held);
            } else if (outcome.kind() == Outcome.Kind.AGAIN && !held.pause()) {
                return Outcome.LEFT;
            }
            return outcome;
        } catch (Error e) {
            LOG.error("The consumer ends; {} stays unacknowledged", task.message(), task.loggable(e));
            fatal.accept(e);
            return Outcome.LEFT;
        }
    }

    /** The lane itself failed: without it, the consumer would stand still, and call itself ready. */
    void failed(Throwable failure) {
        fatal.accept(failure instanceof Error error ? error : new AssertionError("A lane failed", failure));
        LOG.error("The consumer ends: a lane failed", failure); // which may fail, too
    }

    private Outcome deliver(Task task) {
        return guarded(task, () -> {
            @Nullable Task sorted = task instanceof Unsorted unsorted ? unsorted.sorted(sorter) : task;
            return sorted == null ? Outcome.FINISHED : deliverer.work(sorted);
        });
    }

    /**
     * What nobody foresaw, such as a record that needs more memory than there is, makes the message a dead letter, as one that
     * cannot be read: the consumer would meet it again at each start.
     */
    private Outcome guarded(Task task, Supplier<Outcome> work) {
        try {
            return work.get();
        } catch (RuntimeException | AssertionError | StackOverflowError | OutOfMemoryError | LinkageError e) {
            LOG.error("{} could not be delivered", task.message(), task.loggable(e));
            return deliverer.unusable(task, new UndeliverableException(e));
        }
    }
}
