package dev.carillon.credentials.credential;

import java.util.Locale;

/** Whether somebody has a credential. */
public enum Status {
    AWARDED,
    REVOKED;

    /** The word for it in the database, in events and in the REST API: {@code awarded} or {@code revoked}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The status with this text.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static Status of(String text) {
        for (Status each : values()) {
            if (each.text().equals(text)) {
                return each;
            }
        }
        throw new IllegalArgumentException("\"" + text + "\" is not a status: awarded and revoked are");
    }
}
