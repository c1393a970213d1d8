package dev.carillon.spring.test;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.TestContextAnnotationUtils;

/** Finds {@link AutoConfigureTestBroker}. */
final class TestBrokerCustomizerFactory implements ContextCustomizerFactory {

    TestBrokerCustomizerFactory() {}

    @Override
    public @Nullable ContextCustomizer createContextCustomizer(
            Class<?> testClass, List<ContextConfigurationAttributes> attributes) {
        AutoConfigureTestBroker found =
                TestContextAnnotationUtils.findMergedAnnotation(testClass, AutoConfigureTestBroker.class);
        return found == null ? null : new TestBrokerCustomizer(found.value());
    }
}
