package dev.carillon.catalog.authoring;

import static dev.carillon.catalog.internal.Components.required;

import dev.carillon.catalog.internal.EventData;
import dev.carillon.events.keys.UsageKey;
import org.jspecify.annotations.Nullable;

/**
 * A block of course content: a problem, a video, but also a unit or a section.
 *
 * @param usageKey which block
 * @param blockType the kind of block, such as {@code problem}, {@code vertical} (a unit) or {@code chapter} (a
 *     section)
 * @param version the key with branch and version, to fetch the very content meant, or null if unknown
 */
@EventData
public record XBlockData(
        UsageKey usageKey, String blockType, @Nullable UsageKey version) {

    public XBlockData {
        required(usageKey, "XBlockData.usageKey");
        required(blockType, "XBlockData.blockType");
    }

    /** Returns a staged builder: the required components in wire order, then the others in any order. */
    public static XBlockDataBuilder.UsageKeyStage builder() {
        return XBlockDataBuilder.builder();
    }

    /** Returns a builder with the values of this record, to make a modified copy. */
    public XBlockDataBuilder toBuilder() {
        return XBlockDataBuilder.builder(this);
    }
}
