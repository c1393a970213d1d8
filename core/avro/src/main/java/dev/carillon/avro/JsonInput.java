package dev.carillon.avro;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Reads JSON token by token. Invalid input throws a {@link DataProblem} that names what is there instead. */
final class JsonInput {

    private final JsonParser parser;
    private final boolean mayHoldPii;

    /**
     * @param mayHoldPii whether the input may contain personal data; the parser's messages, which quote it, are then not used
     */
    JsonInput(JsonParser parser, boolean mayHoldPii) {
        this.parser = parser;
        this.mayHoldPii = mayHoldPii;
    }

    /** A call of the parser. */
    private interface Request<V> {
        V execute() throws IOException;
    }

    private <V> V ask(Request<V> request) {
        try {
            return request.execute();
        } catch (JsonProcessingException e) {
            DataProblem problem = DataProblem.unreadable(e);
            throw mayHoldPii ? problem.hidden() : problem;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private @Nullable JsonToken next() {
        return ask(parser::nextToken);
    }

    /** Advances to the first token, unless the parser has already started. */
    void start() {
        if (parser.currentToken() == null && next() == null) {
            throw DataProblem.of("must be an object, but is empty");
        }
    }

    /** Requires that only white space follows. */
    void requireEnd() {
        if (next() != null) {
            throw DataProblem.of("there is more text after the end of the data");
        }
    }

    void startObject(String expected) {
        require(JsonToken.START_OBJECT, expected);
    }

    void startList(String expected) {
        require(JsonToken.START_ARRAY, expected);
    }

    /** Advances to the next name in an object; null at its end. */
    @Nullable
    String nextName() {
        return next() == JsonToken.FIELD_NAME ? ask(parser::currentName) : null;
    }

    /** Advances to the value of a name. */
    void nextValue() {
        next();
    }

    /** Advances to the next item of a list; false at its end. */
    boolean nextItem() {
        return next() != JsonToken.END_ARRAY;
    }

    boolean isNull() {
        return parser.currentToken() == JsonToken.VALUE_NULL;
    }

    String text(String expected) {
        require(JsonToken.VALUE_STRING, expected);
        return ask(parser::getText);
    }

    boolean bool(String expected) {
        if (parser.currentToken() != JsonToken.VALUE_TRUE && parser.currentToken() != JsonToken.VALUE_FALSE) {
            throw invalid(expected);
        }
        return parser.currentToken() == JsonToken.VALUE_TRUE;
    }

    /** A number without fraction or exponent: 1.0 is invalid. */
    long wholeNumber(String expected) {
        require(JsonToken.VALUE_NUMBER_INT, expected);
        if (ask(parser::getNumberType) == JsonParser.NumberType.BIG_INTEGER) {
            throw DataProblem.of("must be " + expected + ", but is a number beyond 64 bits");
        }
        return ask(parser::getLongValue);
    }

    /** A number, or a value that JSON has no number for: NaN, Infinity and -Infinity, as text or as Python writes them. */
    double number(String expected) {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            return nonFinite(ask(parser::getText), expected);
        }
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_FLOAT) {
            return fraction(expected);
        }
        require(JsonToken.VALUE_NUMBER_INT, expected);
        return ask(parser::getDoubleValue);
    }

    private double fraction(String expected) {
        double value = ask(parser::getDoubleValue);
        if (Double.isInfinite(value) && !ask(parser::isNaN)) {
            throw DataProblem.of("must be " + expected + ", but is one beyond 64 bits");
        }
        return value;
    }

    private double nonFinite(String text, String expected) {
        return switch (text) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> throw invalid(expected);
        };
    }

    byte[] base64(String expected) {
        String text = text(expected);
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw DataProblem.invalid(DataProblem.NOWHERE, expected, text, null);
        }
    }

    private void require(JsonToken token, String expected) {
        if (parser.currentToken() != token) {
            throw invalid(expected);
        }
    }

    private DataProblem invalid(String expected) {
        return DataProblem.of("must be " + expected + ", but " + found());
    }

    private String found() {
        JsonToken token = parser.currentToken();
        if (token == null) {
            return "the JSON ends";
        }
        return switch (token) {
            case START_OBJECT -> "is an object";
            case START_ARRAY -> "is a list";
            case VALUE_STRING -> "is text";
            case VALUE_NUMBER_INT -> "is a whole number";
            case VALUE_NUMBER_FLOAT -> "is a number with a fraction or exponent";
            case VALUE_TRUE, VALUE_FALSE -> "is " + token.asString();
            case VALUE_NULL -> "is null";
            default -> "is something else";
        };
    }
}
