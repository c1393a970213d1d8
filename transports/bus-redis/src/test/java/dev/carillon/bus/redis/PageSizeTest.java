package dev.carillon.bus.redis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PageSizeTest {

    private final PageSize size = new PageSize();

    @Test
    void pagesGrowWhileEntriesAreSmall() {
        for (int i = 0; i < 5; i++) {
            size.read(200);
        }

        assertThat(size.count()).isEqualTo(128);
    }

    @Test
    void pagesShrinkAtOnceWhenEntriesAreLarge() {
        size.read(200);
        size.read(1 << 20);
        assertThat(size.count()).isEqualTo(4);

        size.read(100 << 20);
        assertThat(size.count()).isEqualTo(1);
    }
}
