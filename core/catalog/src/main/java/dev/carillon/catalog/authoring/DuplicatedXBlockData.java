package dev.carillon.catalog.authoring;

import static dev.carillon.catalog.internal.Components.required;

import dev.carillon.catalog.internal.EventData;
import dev.carillon.events.keys.UsageKey;
import org.jspecify.annotations.Nullable;

/**
 * A block that was made as a copy of another.
 *
 * @param usageKey the new block
 * @param blockType the kind of block, such as {@code problem} or {@code vertical}
 * @param version the new block's key with branch and version, or null if unknown
 * @param sourceUsageKey the block that was copied
 */
@EventData
public record DuplicatedXBlockData(
        UsageKey usageKey, String blockType, @Nullable UsageKey version, UsageKey sourceUsageKey) {

    public DuplicatedXBlockData {
        required(usageKey, "DuplicatedXBlockData.usageKey");
        required(blockType, "DuplicatedXBlockData.blockType");
        required(sourceUsageKey, "DuplicatedXBlockData.sourceUsageKey");
    }

    /** Returns a staged builder: the required components in wire order, then the others in any order. */
    public static DuplicatedXBlockDataBuilder.UsageKeyStage builder() {
        return DuplicatedXBlockDataBuilder.builder();
    }

    /** Returns a builder with the values of this record, to make a modified copy. */
    public DuplicatedXBlockDataBuilder toBuilder() {
        return DuplicatedXBlockDataBuilder.builder(this);
    }
}
