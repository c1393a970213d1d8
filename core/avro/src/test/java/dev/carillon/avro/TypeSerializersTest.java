package dev.carillon.avro;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.events.DefaultValue;
import dev.carillon.events.Signal;
import dev.carillon.events.TypeSerializer;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TypeSerializersTest {

    enum Level {
        LOW,
        HIGH {
            @Override
            public String toString() {
                return "very high";
            }
        }
    }

    record Isbn(String digits) {}

    record Fine(Level level, BigDecimal amount, @Nullable Isbn book, List<Level> history, Map<String, Isbn> others) {}

    record Preset(@DefaultValue("LOW") Level level, String text) {}

    record Text(String text) {}

    private static final TypeSerializer<Isbn> ISBN =
            TypeSerializer.of(Isbn.class, Isbn::digits, digits -> new Isbn(digits.strip()));

    private static final Signal<Fine> PAID = Signal.of("org.example.library.fine.paid.v1", "fine", Fine.class)
            .withSerializers(TypeSerializer.ofEnum(Level.class), TypeSerializer.decimal())
            .withSerializers(ISBN);

    private final EventCodec<Fine> codec = EventCodec.of(PAID);

    private static Fine fine(Level level, String amount) {
        return new Fine(
                level,
                new BigDecimal(amount),
                null,
                List.of(Level.LOW, Level.HIGH),
                Map.of("second", new Isbn("978-4")));
    }

    @Test
    void enumsDecimalsAndAUsersTypesAreTextOnTheWire() throws IOException {
        Fine fine = new Fine(
                Level.HIGH, new BigDecimal("12.50"), new Isbn("978-3"), List.of(Level.LOW, Level.HIGH), Map.of());

        assertThat(codec.decode(codec.encode(fine))).isEqualTo(fine);
        assertThat(codec.decode(codec.encode(fine(Level.LOW, "-0.00")))).isEqualTo(fine(Level.LOW, "-0.00"));
        assertThat(codec.json().write(fine)).contains("\"HIGH\"", "\"12.50\"", "\"978-3\"");
        assertThat(codec.json().read(codec.json().write(fine))).isEqualTo(fine);
        assertThat(codec.schemaText()).contains("{\"name\": \"level\", \"type\": \"string\"}");
    }

    @Test
    void decimalsAreWrittenWithoutExponentAndWithinLimits() {
        assertThat(codec.decode(codec.encode(fine(Level.LOW, "1E+3"))).amount()).isEqualTo(new BigDecimal("1000"));
        assertThatThrownBy(() -> codec.encode(fine(Level.LOW, "1E+2000000000")))
                .isInstanceOf(EventEncodeException.class)
                .hasMessageContaining("fine.amount");
        assertThatThrownBy(() -> codec.encode(fine(Level.LOW, "1E-2000000000")))
                .isInstanceOf(EventEncodeException.class)
                .hasMessageContaining("fine.amount");
        assertThatThrownBy(() -> codec.decode(withText("12.500", "1E9999")))
                .isInstanceOf(EventDecodeException.class)
                .hasMessageContaining("must be a decimal such as 12.50");
    }

    /** An event in which a text of the same length stands in place of another. */
    private byte[] withText(String before, String after) {
        String bytes = new String(codec.encode(fine(Level.HIGH, "12.500")), ISO_8859_1);
        assertThat(bytes).contains(before);
        return bytes.replace(before, after).getBytes(ISO_8859_1);
    }

    @Test
    void aTextThatNoConstantHasIsAnErrorThatNamesTheConstants() {
        assertThatThrownBy(() -> codec.decode(withText("HIGH", "HUGE")))
                .isInstanceOf(EventDecodeException.class)
                .hasMessageContaining("fine.level")
                .hasMessageContaining("must be one of LOW, HIGH");
    }

    @Test
    void whatASerializerThrowsOrReturnsIsAnErrorOfItsComponentWithoutTheValue() {
        record Secret(Isbn book) {}
        TypeSerializer<Isbn> throwing = TypeSerializer.of(
                Isbn.class,
                isbn -> {
                    throw new IllegalStateException("cannot write " + isbn);
                },
                Isbn::new);
        Signal<Secret> signal = Signal.of("org.example.secret.v1", "data", Secret.class);

        assertThatThrownBy(() -> EventCodec.of(signal.withSerializers(throwing)).encode(new Secret(new Isbn("978"))))
                .isInstanceOf(EventEncodeException.class)
                .hasMessageContaining("data.book")
                .hasMessageContaining("its serializer failed with java.lang.IllegalStateException")
                .hasMessageNotContaining("978");
    }

    @Test
    void aDefaultIsGivenAsItsText() {
        Signal<Preset> signal = Signal.of("org.example.preset.v1", "data", Preset.class)
                .withSerializers(TypeSerializer.ofEnum(Level.class));
        Signal<Text> former = Signal.of("org.example.preset.v1", "data", Text.class);

        assertThat(EventCodec.of(signal)
                        .decode(
                                EventCodec.of(former).encode(new Text("written before")),
                                EventCodec.of(former).schema()))
                .isEqualTo(new Preset(Level.LOW, "written before"));
    }

    @Test
    void aSerializerThatIsMissingTwiceThereOrNeedlessIsRefused() {
        assertThatThrownBy(() -> EventCodec.of(Signal.of(PAID.eventType(), "fine", Fine.class)))
                .hasMessageContaining("Fine.level")
                .hasMessageContaining("signal.withSerializers(TypeSerializer.ofEnum(Level.class))");
        assertThatThrownBy(() -> PAID.withSerializers(ISBN))
                .hasMessageContaining("has two serializers for " + Isbn.class.getName());
        assertThatThrownBy(() -> EventCodec.of(Signal.of("org.example.id.v1", "data", Text.class)
                        .withSerializers(TypeSerializer.of(UUID.class, UUID::toString, UUID::fromString))))
                .hasMessageContaining("java.util.UUID has a wire format of its own");
    }
}
