package dev.carillon.avro;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.carillon.avro.Conformance.Vector;
import dev.carillon.events.LibraryVersion;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes of real events, damaged in tens of thousands of ways, always the same ones. */
class MutatedBytesTest {

    private static final int MUTATIONS = 20_000;

    /** An empty map takes one byte on the wire, and is an object; a refusal has its message, path and stack trace. */
    private static final long MEMORY_PER_BYTE = 200;

    private static final long MEMORY_PER_EVENT = 64 << 10;

    private final ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void becomeDataOrARefusalAndTakeMemoryByTheirSize(long seed) {
        List<Vector> vectors = Stream.of("vectors.jsonl", "odd-vectors.jsonl", "old-release-vectors.jsonl")
                .flatMap(file -> Conformance.vectors(file).stream())
                .toList();
        SplittableRandom random = new SplittableRandom(seed);
        int refused = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            Vector vector = vectors.get(random.nextInt(vectors.size()));
            byte[] bytes = mutate(vector.avro(), random);
            LibraryVersion writer = writer(vector);
            vector.codec().decode(vector.avro(), writer); // makes the reader
            long before = memory.getCurrentThreadAllocatedBytes();
            try {
                vector.codec().decode(bytes, writer);
            } catch (EventDecodeException e) {
                refused++;
            } catch (RuntimeException | Error e) {
                throw new AssertionError(
                        vector.eventType() + " " + HexFormat.of().formatHex(bytes), e);
            }
            long taken = memory.getCurrentThreadAllocatedBytes() - before;
            assertThat(taken)
                    .as("memory for %d bytes of %s", bytes.length, vector)
                    .isLessThan(MEMORY_PER_EVENT + MEMORY_PER_BYTE * bytes.length);
        }
        assertThat(refused).isGreaterThan(MUTATIONS / 2);
    }

    private static LibraryVersion writer(Vector vector) {
        return vector.json("sourcelib") == null
                ? LibraryVersion.CURRENT
                : LibraryVersion.parse(vector.text("sourcelib"));
    }

    private static byte[] mutate(byte[] original, SplittableRandom random) {
        byte[] bytes = original.clone();
        int times = 1 + random.nextInt(3);
        for (int i = 0; i < times && bytes.length > 0; i++) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(6)) {
                case 0 -> bytes[at] = (byte) random.nextInt();
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> bytes = Arrays.copyOf(bytes, at);
                case 3 -> bytes = insert(bytes, at, hugeNumber(random));
                case 4 -> bytes = remove(bytes, at, 1 + random.nextInt(4));
                default -> Arrays.fill(bytes, at, bytes.length, (byte) random.nextInt());
            }
        }
        return bytes;
    }

    private static byte[] hugeNumber(SplittableRandom random) {
        byte[] number = new byte[1 + random.nextInt(11)];
        Arrays.fill(number, (byte) (0x80 | random.nextInt()));
        number[number.length - 1] &= 0x7F;
        return number;
    }

    private static byte[] insert(byte[] bytes, int at, byte[] more) {
        byte[] longer = Arrays.copyOf(bytes, bytes.length + more.length);
        System.arraycopy(more, 0, longer, at, more.length);
        System.arraycopy(bytes, at, longer, at + more.length, bytes.length - at);
        return longer;
    }

    private static byte[] remove(byte[] bytes, int at, int count) {
        int end = Math.min(bytes.length, at + count);
        byte[] shorter = Arrays.copyOf(bytes, bytes.length - (end - at));
        System.arraycopy(bytes, end, shorter, at, bytes.length - end);
        return shorter;
    }
}
