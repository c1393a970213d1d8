package dev.carillon.bus.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bus.redis.RedisStore.PageSize;
import org.junit.jupiter.api.Test;

class PageSizeTest {

    private final PageSize size = new PageSize();

    @Test
    void pagesGrowWhileEntriesAreSmall() {
        for (int i = 0; i < 5; i++) {
            size.recordPage(200);
        }

        assertThat(size.count()).isEqualTo(128);
    }

    @Test
    void pagesShrinkAtOnceWhenEntriesAreLarge() {
        size.recordPage(200);
        size.recordPage(1 << 20);
        assertThat(size.count()).isEqualTo(4);

        size.recordPage(100 << 20);
        assertThat(size.count()).isEqualTo(1);
    }
}
