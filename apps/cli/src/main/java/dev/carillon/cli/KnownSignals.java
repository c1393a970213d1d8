package dev.carillon.cli;

import dev.carillon.events.Signals;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The signals of the class path. They are searched for when a command first needs them, because that takes time. */
final class KnownSignals implements Supplier<Signals> {

    private @Nullable Signals discovered;

    @Override
    public Signals get() {
        if (discovered == null) {
            discovered = Signals.discovered();
        }
        return discovered;
    }
}
