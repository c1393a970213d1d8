package dev.carillon.rig;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.carillon.rig.judge.Entry;
import dev.carillon.rig.role.Listener;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Every call of each receiver, in order of time. */
record Deliveries(Map<Listener, List<Entry>> calls) {

    static Deliveries read(Path file) throws IOException {
        Map<Listener, List<Entry>> calls = new EnumMap<>(Listener.class);
        if (Files.exists(file)) {
            try (BufferedReader lines = Files.newBufferedReader(file, UTF_8)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    String[] words = line.split(" ", -1);
                    calls.computeIfAbsent(Listener.valueOf(words[0]), absent -> new ArrayList<>())
                            .add(new Entry(words[1], words[2], Long.parseLong(words[3])));
                }
            }
        }
        return new Deliveries(calls);
    }

    List<Entry> of(Listener listener) {
        return calls.getOrDefault(listener, List.of());
    }

    /** How many of these events some receiver has not been called with, for each receiver. */
    long missing(Set<String> wanted) {
        long missing = 0;
        for (Listener listener : Listener.values()) {
            Set<String> left = new HashSet<>(wanted);
            left.removeAll(of(listener).stream().map(Entry::id).collect(Collectors.toSet()));
            missing += left.size();
        }
        return missing;
    }
}
