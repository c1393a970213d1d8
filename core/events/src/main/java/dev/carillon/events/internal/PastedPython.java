package dev.carillon.events.internal;

import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * YAML's core schema, which knows {@code True} and {@code False}, with Python's {@code None}: a map of Django's settings can be
 * pasted as it stands there.
 */
final class PastedPython extends CoreSchema {

    @Override
    public ScalarResolver getScalarResolver() {
        ScalarResolver core = super.getScalarResolver();
        return (text, plain) -> plain && text.equals("None") ? Tag.NULL : core.resolve(text, plain);
    }
}
