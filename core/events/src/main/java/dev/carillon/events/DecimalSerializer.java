package dev.carillon.events;

import java.math.BigDecimal;

/** Decimals as digits, within limits: {@code 1E999999999} would fill the memory. */
final class DecimalSerializer implements TypeSerializer<BigDecimal> {

    private static final int MAX_DIGITS = 1_000;

    @Override
    public Class<BigDecimal> type() {
        return BigDecimal.class;
    }

    @Override
    public String serialize(BigDecimal value) {
        return require(value).toPlainString();
    }

    @Override
    public BigDecimal deserialize(String text) {
        if (text.length() > MAX_DIGITS + 2) { // a sign and a point
            throw tooLong();
        }
        return require(new BigDecimal(text));
    }

    private static BigDecimal require(BigDecimal value) {
        long beforePoint = (long) value.precision() - value.scale();
        if (Math.max(beforePoint, Math.max(value.precision(), value.scale())) > MAX_DIGITS) {
            throw tooLong();
        }
        return value;
    }

    private static IllegalArgumentException tooLong() {
        return new IllegalArgumentException("it has more than " + MAX_DIGITS + " digits");
    }

    @Override
    public String expected() {
        return "a decimal such as 12.50";
    }
}
