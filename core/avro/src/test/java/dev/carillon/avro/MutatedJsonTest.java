package dev.carillon.avro;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.avro.Conformance.Vector;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** JSON of real events, damaged in thousands of ways, always the same ones. */
class MutatedJsonTest {

    private static final int MUTATIONS = 20_000;

    private static final List<String> PIECES = List.of(
            "",
            "\"",
            "\\",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "null",
            "true",
            "1",
            "-",
            "1.0",
            "1e999",
            "9".repeat(30),
            "NaN",
            "\"\\ud83c\"",
            "\u0000",
            "{\"data\": 1}",
            "[[[[");

    @Test
    void becomesDataOrARefusal() {
        List<Vector> vectors = Conformance.vectors("odd-vectors.jsonl");
        SplittableRandom random = new SplittableRandom(1);
        int refused = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            Vector vector = vectors.get(random.nextInt(vectors.size()));
            String json = mutate(vector.json("data").toString(), random);
            try {
                vector.codec().json().read(json);
            } catch (EventJsonException e) {
                refused++;
            } catch (RuntimeException | Error e) {
                throw new AssertionError(vector.eventType() + " " + json, e);
            }
        }
        assertThat(refused).isGreaterThan(MUTATIONS / 2);
    }

    private static String mutate(String json, SplittableRandom random) {
        int start = random.nextInt(json.length());
        int end = Math.min(json.length(), start + random.nextInt(8));
        return json.substring(0, start) + PIECES.get(random.nextInt(PIECES.size())) + json.substring(end);
    }
}
