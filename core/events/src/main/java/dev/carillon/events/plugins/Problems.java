package dev.carillon.events.plugins;

import java.util.ArrayList;
import java.util.List;

/** Collects problems, so that all of them are reported at once. */
final class Problems {

    private final List<String> texts = new ArrayList<>();

    void add(String place, String problem) {
        texts.add(place + ": " + problem);
    }

    void throwIfAny() {
        if (!texts.isEmpty()) {
            throw new PluginException(texts);
        }
    }
}
