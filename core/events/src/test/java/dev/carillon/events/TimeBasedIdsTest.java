package dev.carillon.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Event ids are UUIDs of version 1. */
class TimeBasedIdsTest {

    private static final Instant NOW = Instant.parse("2024-01-02T03:04:05.123456789Z");

    private final TimeBasedIds ids = new TimeBasedIds();

    @Test
    void anIdHoldsItsTimeInTenthsOfMicrosecondsSince1582() {
        UUID id = ids.next(NOW);

        assertThat(id.version()).isEqualTo(1);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.timestamp()).isEqualTo((NOW.getEpochSecond() + 12_219_292_800L) * 10_000_000 + 1_234_567);
    }

    @Test
    void theTextIsAsOtherLibrariesReadIt() {
        // 1998-02-04T22:13:53.151182Z is what Python's uuid module reads from this id
        UUID known = UUID.fromString("6b29fc40-ca47-1067-b31d-00dd010662da");
        Instant time = Instant.ofEpochSecond(
                known.timestamp() / 10_000_000 - 12_219_292_800L, known.timestamp() % 10_000_000 * 100);

        assertThat(ids.next(time).toString()).startsWith("6b29fc40-ca47-1067-");
    }

    @Test
    void idsOfOneTimeDifferAndAscend() {
        UUID first = ids.next(NOW);
        UUID second = ids.next(NOW);

        assertThat(second.timestamp()).isEqualTo(first.timestamp() + 1);
    }

    @Test
    void idsAscendAlsoWhenTheClockGoesBack() {
        UUID first = ids.next(NOW);
        UUID second = ids.next(NOW.minusSeconds(3600));

        assertThat(second.timestamp()).isEqualTo(first.timestamp() + 1);
    }

    @Test
    void theNodeIsMarkedAsNoNetworkCardAndDiffersFromSenderToSender() {
        assertThat(ids.next(NOW).node() & 0x0100_0000_0000L).isNotZero();
        assertThat(ids.next(NOW).node()).isEqualTo(ids.next(NOW).node());
        assertThat(new TimeBasedIds().next(NOW).node())
                .isNotEqualTo(ids.next(NOW).node());
    }
}
