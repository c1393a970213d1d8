package dev.carillon.rig;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.carillon.rig.judge.RecordedEvent;
import dev.carillon.rig.service.ReceiverName;
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

/** The recorded calls of each receiver, in order of time. */
record Deliveries(Map<ReceiverName, List<RecordedEvent>> calls) {

    static Deliveries read(Path file) throws IOException {
        Map<ReceiverName, List<RecordedEvent>> calls = new EnumMap<>(ReceiverName.class);
        if (Files.exists(file)) {
            try (BufferedReader lines = Files.newBufferedReader(file, UTF_8)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    String[] words = line.split(" ", -1);
                    calls.computeIfAbsent(ReceiverName.valueOf(words[0]), absent -> new ArrayList<>())
                            .add(new RecordedEvent(words[1], words[2], Long.parseLong(words[3])));
                }
            }
        }
        return new Deliveries(calls);
    }

    List<RecordedEvent> of(ReceiverName receiver) {
        return calls.getOrDefault(receiver, List.of());
    }

    /** How many deliveries of these events are missing, summed up over all receivers. */
    long missing(Set<String> expected) {
        long missing = 0;
        for (ReceiverName receiver : ReceiverName.values()) {
            Set<String> left = new HashSet<>(expected);
            left.removeAll(of(receiver).stream().map(RecordedEvent::id).collect(Collectors.toSet()));
            missing += left.size();
        }
        return missing;
    }
}
