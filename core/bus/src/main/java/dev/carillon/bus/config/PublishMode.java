package dev.carillon.bus.config;

import dev.carillon.bus.Outbox;
import java.util.Arrays;
import java.util.Optional;

/** How an event that is sent in this service gets to the broker. */
public enum PublishMode {
    /** At once: what is sent within a transaction is sent when it has committed, by whoever sends it. */
    DIRECT("direct"),
    /** By way of an {@link Outbox}, in the caller's transaction. */
    OUTBOX("outbox");

    private final String setting;

    PublishMode(String setting) {
        this.setting = setting;
    }

    /** As it stands in settings. */
    public String setting() {
        return setting;
    }

    /** The mode that stands in settings under this name; empty when there is none. */
    public static Optional<PublishMode> of(String setting) {
        return Arrays.stream(values())
                .filter(mode -> mode.setting.equals(setting))
                .findFirst();
    }
}
