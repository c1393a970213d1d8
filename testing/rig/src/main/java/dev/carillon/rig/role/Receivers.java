package dev.carillon.rig.role;

import dev.carillon.bus.jdbc.Inbox;
import dev.carillon.events.Event;
import dev.carillon.events.Events;
import dev.carillon.events.Receiver;
import java.nio.file.Path;
import java.util.Locale;
import javax.sql.DataSource;

/**
 * Connects all receivers of the trial, as people write them: most without an id, two through one inbox, two lambdas of one class.
 * One place connects one receiver.
 */
final class Receivers {

    private final Events events;
    private final DataSource database;
    private final Recorder recorder;
    private final Path folder;
    private final String consumer;
    private final boolean ids;
    private final Inbox inbox;

    /** Connects nothing yet. */
    Receivers(Events events, DataSource database, Recorder recorder, Path folder, String consumer) {
        this.events = events;
        this.database = database;
        this.recorder = recorder;
        this.folder = folder;
        this.consumer = consumer;
        this.ids = !Condition.WITHOUT_IDS.isOn(folder);
        this.inbox = Inbox.of(database, Roles.GROUP);
    }

    void connect() {
        connectEffect();
        connectMirror();
        connectLambda();
        connectOtherLambda();
        connectList();
        connectArchive();
    }

    private void connectEffect() {
        Receiver<Step> effect = inbox.once("effect", new Poisoned(recorder, new Effect(Listener.EFFECT, consumer)));
        if (ids) {
            events.connect(Step.TAKEN, id(Listener.EFFECT), effect);
        } else {
            events.connect(Step.TAKEN, effect);
        }
    }

    private void connectMirror() {
        Receiver<Step> mirror =
                inbox.once("mirror", new Troubled(folder, recorder, new Effect(Listener.MIRROR, consumer)));
        if (ids) {
            events.connect(Step.TAKEN, id(Listener.MIRROR), mirror);
        } else {
            events.connect(Step.TAKEN, mirror);
        }
    }

    private void connectLambda() {
        if (ids) {
            events.connect(Step.TAKEN, id(Listener.LAMBDA), event -> recorder.record(Listener.LAMBDA, event));
        } else {
            events.connect(Step.TAKEN, event -> recorder.record(Listener.LAMBDA, event));
        }
    }

    private void connectOtherLambda() {
        if (ids) {
            events.connect(
                    Step.TAKEN, id(Listener.OTHER_LAMBDA), event -> recorder.record(Listener.OTHER_LAMBDA, event));
        } else {
            events.connect(Step.TAKEN, event -> recorder.record(Listener.OTHER_LAMBDA, event));
        }
    }

    private void connectList() {
        if (ids) {
            events.connect(Step.TAKEN, id(Listener.LIST), new Listing(recorder));
        } else {
            events.connect(Step.TAKEN, new Listing(recorder));
        }
    }

    /** Always with an id: it is the id that a deployment changes. */
    private void connectArchive() {
        String id = Condition.RENAME.isOn(folder) ? "archive-of-steps" : id(Listener.ARCHIVE);
        events.connect(Step.TAKEN, id, new Archive(database, recorder, folder));
    }

    private static String id(Listener listener) {
        return listener.name().toLowerCase(Locale.ROOT);
    }

    /** A receiver that has a class of its own. */
    private record Listing(Recorder recorder) implements Receiver<Step> {
        @Override
        public void receive(Event<Step> event) {
            recorder.record(Listener.LIST, event);
        }
    }
}
