package dev.carillon.avro;

import dev.carillon.events.internal.Uuids;
import java.util.UUID;

/** {@link UUID}: written in canonical form, 36 characters; read in all forms that Python accepts. */
final class UuidType extends TextType<UUID> {

    static final UuidType INSTANCE = new UuidType();

    private UuidType() {
        super(UUID.class);
    }

    @Override
    String expected() {
        return "a UUID such as 3af9f30c-5a66-1477-bda9-d8c096d38ff5";
    }

    @Override
    UUID parse(String text) {
        return Uuids.parse(text);
    }

    @Override
    String format(UUID value) {
        return value.toString();
    }
}
