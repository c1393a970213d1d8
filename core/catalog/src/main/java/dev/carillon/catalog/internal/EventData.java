package dev.carillon.catalog.internal;

import io.soabase.recordbuilder.core.RecordBuilder;
import io.soabase.recordbuilder.core.RecordBuilder.BuilderMode;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives a data record its builder. The builder is staged: it asks for each required component by a type of its own, so
 * that leaving one out (a {@code long} or {@code boolean} too) does not compile. Components with a default or
 * {@code @Nullable} come last and may be left out.
 */
@Retention(RetentionPolicy.SOURCE)
@Target(ElementType.TYPE)
@RecordBuilder.Template(
        options =
                @RecordBuilder.Options(
                        builderMode = BuilderMode.STAGED_REQUIRED_ONLY,
                        stagedBuilderMethodName = "builder",
                        skipStagingForInitializedComponents = true,
                        enableWither = false,
                        enableGetters = false,
                        addStaticBuilder = false))
public @interface EventData {}
