package dev.carillon.bus.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bus.transport.IncomingMessage;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class EntrySizesTest {

    private static List<IncomingMessage> messages(int count, int bytes) {
        return Collections.nCopies(
                count, new IncomingMessage("topic", 0, "1-0", List.of(), null, new byte[bytes], 0, null, null));
    }

    private static int countAfterReading(EntrySizes busy, List<EntrySizes> all, int bytes) {
        for (int i = 0; i < 10; i++) {
            int asked = EntrySizes.count(all, 500, 1 << 20);
            busy.came(asked, messages(asked, bytes));
            all.stream().filter(each -> !each.equals(busy)).forEach(each -> each.came(asked, List.of()));
        }
        return EntrySizes.count(all, 500, 1 << 20);
    }

    @Test
    void aSilentTopicDoesNotKeepTheReadsOfABusyOneSmall() {
        EntrySizes busy = new EntrySizes();

        assertThat(countAfterReading(busy, List.of(busy, new EntrySizes()), 100))
                .isEqualTo(500);
    }

    @Test
    void noMoreIsAskedForThanFitsIfAllIsAsLargeAsTheLargest() {
        EntrySizes busy = new EntrySizes();

        assertThat(countAfterReading(busy, List.of(busy, new EntrySizes()), 1 << 18))
                .isEqualTo(4);
    }
}
