package dev.carillon.bus;

import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What lanes do with a task: sort it where that was not done yet, deliver it, and say when it is finished with. */
final class LaneWork implements Function<Task, Outcome> {

    private static final Logger LOG = LoggerFactory.getLogger(dev.carillon.bus.Consumer.class);

    private final MessageSorter sorter;
    private final Deliverer deliverer;
    private final InFlight inFlight;
    private final Consumer<Error> fatal;

    /** Tells {@code fatal} of an error that no receiver should outlive. */
    LaneWork(MessageSorter sorter, Deliverer deliverer, InFlight inFlight, Consumer<Error> fatal) {
        this.sorter = sorter;
        this.deliverer = deliverer;
        this.inFlight = inFlight;
        this.fatal = fatal;
    }

    @Override
    public Outcome apply(Task task) {
        if (!task.held().begin()) {
            return Outcome.LEFT;
        }
        try {
            Outcome outcome = deliver(task);
            if (outcome.kind() == Outcome.Kind.FINISHED) {
                inFlight.finished(task.held());
            } else if (outcome.kind() == Outcome.Kind.AGAIN) {
                task.held().pause();
            }
            return outcome;
        } catch (Error e) {
            LOG.error("The consumer ends; {} stays unacknowledged", task.message(), e);
            fatal.accept(e);
            return Outcome.LEFT;
        }
    }

    /** What nobody foresaw is given up as a message that cannot be read is. */
    private Outcome deliver(Task task) {
        try {
            Task sorted = task instanceof Unsorted unsorted ? unsorted.sorted(sorter) : task;
            return sorted == null ? Outcome.FINISHED : deliverer.work(sorted);
        } catch (RuntimeException e) {
            LOG.error("{} could not be delivered", task.message(), e);
            return deliverer.unusable(task, e);
        }
    }
}
