package dev.carillon.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Takes any text but a blank one: {@code --cause "$CAUSE"} with a variable that is not set would choose everything, or nothing,
 * and neither was meant.
 */
final class NotBlank implements ITypeConverter<String> {

    @Override
    public String convert(String text) {
        if (text.isBlank()) {
            throw new TypeConversionException("must not be blank, but is '" + text + "'");
        }
        return text;
    }
}
