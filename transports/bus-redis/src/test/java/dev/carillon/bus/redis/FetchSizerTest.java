package dev.carillon.bus.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bus.transport.IncomingMessage;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class FetchSizerTest {

    private static List<IncomingMessage> messages(int count, int bytes) {
        return Collections.nCopies(
                count,
                new IncomingMessage("topic", 0, new StreamId(1, 0), List.of(), null, new byte[bytes], 0, null, null));
    }

    private static int countAfterReading(FetchSizer busy, List<FetchSizer> all, int bytes) {
        for (int i = 0; i < 10; i++) {
            int requested = FetchSizer.count(all, 500, 1 << 20);
            busy.recordFetch(requested, messages(requested, bytes));
            all.stream().filter(each -> !each.equals(busy)).forEach(each -> each.recordFetch(requested, List.of()));
        }
        return FetchSizer.count(all, 500, 1 << 20);
    }

    @Test
    void anIdleTopicDoesNotReduceTheRequestsToABusyOne() {
        FetchSizer busy = new FetchSizer();

        assertThat(countAfterReading(busy, List.of(busy, new FetchSizer()), 100))
                .isEqualTo(500);
    }

    @Test
    void noMoreIsRequestedThanFitsIfAllEntriesAreAsLargeAsTheLargest() {
        FetchSizer busy = new FetchSizer();

        assertThat(countAfterReading(busy, List.of(busy, new FetchSizer()), 1 << 18))
                .isEqualTo(4);
    }
}
