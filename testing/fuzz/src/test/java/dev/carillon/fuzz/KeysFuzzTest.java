package dev.carillon.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.carillon.events.keys.InvalidKeyException;
import dev.carillon.events.keys.KeyKind;
import dev.carillon.events.keys.OpaqueKey;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/** Untrusted opaque keys: a key, or an {@link InvalidKeyException}. */
@Tag("thorough")
class KeysFuzzTest {

    /** An input selects one by its index. */
    private static final List<KeyKind> KINDS = List.of(KeyKind.values());

    static Stream<byte[]> texts() {
        return Recorded.lines("opaque-keys.jsonl")
                .map(line -> new Input.Writer()
                        .add(KINDS.indexOf(KeyKind.named(line.get("kind").asText())))
                        .rest(line.get("input").asText())
                        .bytes());
    }

    /** An input is the index of a kind, and a text. */
    @MethodSource("texts")
    @FuzzTest
    void opaqueKeys(byte[] bytes) {
        Input input = new Input(bytes);
        KeyKind kind = KINDS.get(Byte.toUnsignedInt(input.next()) % KINDS.size());
        OpaqueKey key;
        try {
            key = kind.parse(input.restAsText());
        } catch (InvalidKeyException e) {
            assertThat(e.reason()).isNotBlank();
            return;
        }
        assertThat(kind.type()).isAssignableFrom(key.getClass());
        assertThat(kind.parse(key.toString())).hasToString(key.toString());
    }
}
