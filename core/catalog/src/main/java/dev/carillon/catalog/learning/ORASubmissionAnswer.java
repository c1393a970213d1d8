package dev.carillon.catalog.learning;

import static dev.carillon.catalog.internal.Components.immutable;
import static dev.carillon.catalog.internal.Components.immutableMaps;

import dev.carillon.catalog.internal.Defaults;
import dev.carillon.catalog.internal.EventData;
import dev.carillon.events.DefaultValue;
import dev.carillon.events.Masked;
import dev.carillon.events.Pii;
import io.soabase.recordbuilder.core.RecordBuilder.Initializer;
import java.util.List;
import java.util.Map;

/**
 * A learner's answer to an open response assessment (ORA). The lists of files run side by side: one index is one
 * file.
 *
 * @param parts the written responses, one map per prompt, its text under {@code text}. Personal. Immutable
 * @param fileKeys where the files are kept, as keys of the file store. Immutable
 * @param fileDescriptions what the learner says of each file. Personal. Immutable
 * @param fileNames the files' names as uploaded. Personal. Immutable
 * @param fileSizes the files' sizes in bytes. Immutable
 * @param fileUrls where the files can be downloaded. Personal: whoever has the address can read the file.
 *     Immutable
 */
@EventData
public record ORASubmissionAnswer(
        @Pii @DefaultValue("[]") @Initializer(source = Defaults.class, value = "emptyList")
        List<Map<String, String>> parts,

        @DefaultValue("[]") @Initializer(source = Defaults.class, value = "emptyList")
        List<String> fileKeys,

        @Pii @DefaultValue("[]") @Initializer(source = Defaults.class, value = "emptyList")
        List<String> fileDescriptions,

        @Pii @DefaultValue("[]") @Initializer(source = Defaults.class, value = "emptyList")
        List<String> fileNames,

        @DefaultValue("[]") @Initializer(source = Defaults.class, value = "emptyList")
        List<Long> fileSizes,

        @Pii @DefaultValue("[]") @Initializer(source = Defaults.class, value = "emptyList")
        List<String> fileUrls) {

    public ORASubmissionAnswer {
        parts = immutableMaps(parts, "ORASubmissionAnswer.parts");
        fileKeys = immutable(fileKeys, "ORASubmissionAnswer.fileKeys");
        fileDescriptions = immutable(fileDescriptions, "ORASubmissionAnswer.fileDescriptions");
        fileNames = immutable(fileNames, "ORASubmissionAnswer.fileNames");
        fileSizes = immutable(fileSizes, "ORASubmissionAnswer.fileSizes");
        fileUrls = immutable(fileUrls, "ORASubmissionAnswer.fileUrls");
    }

    /** Every component is optional and may be set in any order. */
    public static ORASubmissionAnswerBuilder.ORASubmissionAnswerBuilderStage builder() {
        return ORASubmissionAnswerBuilder.builder();
    }

    /** Returns a builder with the values of this record, to make a modified copy. */
    public ORASubmissionAnswerBuilder toBuilder() {
        return ORASubmissionAnswerBuilder.builder(this);
    }

    @Override
    public String toString() {
        return Masked.toString(this);
    }
}
