package dev.carillon.events.keys;

import dev.carillon.events.internal.Shown;

/** Shows untrusted text in a message: quoted, of bounded length, without control characters. */
final class Quoted {

    private static final int LONGEST = 200;

    private Quoted() {}

    static String of(String text) {
        return Shown.quoted(text, LONGEST);
    }
}
