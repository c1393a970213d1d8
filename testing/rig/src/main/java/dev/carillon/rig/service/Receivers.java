package dev.carillon.rig.service;

import dev.carillon.bus.jdbc.Inbox;
import dev.carillon.events.Event;
import dev.carillon.events.Events;
import dev.carillon.events.Receiver;
import java.nio.file.Path;
import java.util.Locale;
import javax.sql.DataSource;

/**
 * Connects all receivers of a run, in the ways that users do: two with one inbox, two lambdas of one class, an instance of a class; with
 * and without explicit ids. Each receiver is connected at one place only.
 */
final class Receivers {

    private final Events events;
    private final DataSource database;
    private final DeliveryRecorder recorder;
    private final Path folder;
    private final String consumer;
    private final boolean ids;
    private final Inbox inbox;

    /** Does not connect them yet. */
    Receivers(Events events, DataSource database, DeliveryRecorder recorder, Path folder, String consumer) {
        this.events = events;
        this.database = database;
        this.recorder = recorder;
        this.folder = folder;
        this.consumer = consumer;
        this.ids = !FaultSwitch.WITHOUT_IDS.isOn(folder);
        this.inbox = Inbox.of(database, RigNames.GROUP);
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
        Receiver<Step> effect =
                inbox.once("effect", new PoisonedReceiver(recorder, new EffectWriter(ReceiverName.EFFECT, consumer)));
        if (ids) {
            events.connect(Step.TAKEN, id(ReceiverName.EFFECT), effect);
        } else {
            events.connect(Step.TAKEN, effect);
        }
    }

    private void connectMirror() {
        Receiver<Step> mirror = inbox.once(
                "mirror", new MisbehavingReceiver(folder, recorder, new EffectWriter(ReceiverName.MIRROR, consumer)));
        if (ids) {
            events.connect(Step.TAKEN, id(ReceiverName.MIRROR), mirror);
        } else {
            events.connect(Step.TAKEN, mirror);
        }
    }

    private void connectLambda() {
        if (ids) {
            events.connect(Step.TAKEN, id(ReceiverName.LAMBDA), event -> recorder.record(ReceiverName.LAMBDA, event));
        } else {
            events.connect(Step.TAKEN, event -> recorder.record(ReceiverName.LAMBDA, event));
        }
    }

    private void connectOtherLambda() {
        if (ids) {
            events.connect(
                    Step.TAKEN,
                    id(ReceiverName.OTHER_LAMBDA),
                    event -> recorder.record(ReceiverName.OTHER_LAMBDA, event));
        } else {
            events.connect(Step.TAKEN, event -> recorder.record(ReceiverName.OTHER_LAMBDA, event));
        }
    }

    private void connectList() {
        if (ids) {
            events.connect(Step.TAKEN, id(ReceiverName.LIST), new Listing(recorder));
        } else {
            events.connect(Step.TAKEN, new Listing(recorder));
        }
    }

    /** Always with an explicit id, because a deployment changes it. */
    private void connectArchive() {
        String id = FaultSwitch.RENAME.isOn(folder) ? "archive-of-steps" : id(ReceiverName.ARCHIVE);
        events.connect(Step.TAKEN, id, new RenamedReceiver(database, recorder, folder));
    }

    private static String id(ReceiverName listener) {
        return listener.name().toLowerCase(Locale.ROOT);
    }

    /** A receiver with a class of its own. */
    private record Listing(DeliveryRecorder recorder) implements Receiver<Step> {
        @Override
        public void receive(Event<Step> event) {
            recorder.record(ReceiverName.LIST, event);
        }
    }
}
