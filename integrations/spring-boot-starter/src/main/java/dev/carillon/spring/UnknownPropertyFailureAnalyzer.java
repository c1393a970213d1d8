package dev.carillon.spring;

import dev.carillon.events.internal.NearestNames;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Reports properties {@code carillon.*} that do not exist. Unlike Spring Boot, does not print their values, which may be secret. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class UnknownPropertyFailureAnalyzer extends AbstractFailureAnalyzer<UnboundConfigurationPropertiesException> {

    private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("carillon");
    private static final List<String> KNOWN =
            names(CarillonProperties.class, PREFIX.toString()).toList();

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, UnboundConfigurationPropertiesException cause) {
        List<ConfigurationProperty> unknown = cause.getUnboundProperties().stream()
                .filter(each -> PREFIX.isAncestorOf(each.getName()))
                .toList();
        return unknown.isEmpty()
                ? null
                : new FailureAnalysis(
                        unknown.stream()
                                .map(UnknownPropertyFailureAnalyzer::describe)
                                .collect(Collectors.joining(System.lineSeparator())),
                        "Correct the name, or remove the property.",
                        cause);
    }

    private static String describe(ConfigurationProperty property) {
        String origin = property.getOrigin() == null ? "" : " (" + property.getOrigin() + ")";
        // one suggestion: what the names have in common makes many of them near
        String nearest = NearestNames.of(withoutIndexes(property.getName()), KNOWN, 1).stream()
                .map(name -> ". Did you mean '" + name + "'?")
                .collect(Collectors.joining());
        return "There is no property " + property.getName() + origin + nearest;
    }

    private static String withoutIndexes(ConfigurationPropertyName name) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < name.getNumberOfElements(); i++) {
            if (!name.isNumericIndex(i)) {
                text.append(i == 0 ? "" : ".").append(name.getElement(i, Form.DASHED));
            }
        }
        return text.toString();
    }

    private static Stream<String> names(Class<?> type, String prefix) {
        return Arrays.stream(type.getRecordComponents()).flatMap(component -> {
            String name = prefix + "."
                    + component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
            Class<?> nested = elementType(component);
            return nested.isRecord() ? names(nested, name) : Stream.of(name);
        });
    }

    /** The type of the elements of a list, or of the component itself. */
    private static Class<?> elementType(RecordComponent component) {
        return component.getGenericType() instanceof ParameterizedType list
                ? (Class<?>) list.getActualTypeArguments()[0]
                : component.getType();
    }
}
