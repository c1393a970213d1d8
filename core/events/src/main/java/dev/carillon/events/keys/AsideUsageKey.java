package dev.carillon.events.keys;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an aside (an extra attached to blocks) adds to a block: {@code aside-usage-v2:block::aside}, or
 * {@code aside-usage-v1:block::aside}, where the block's key is escaped. Block and context are those of the block it is
 * attached to.
 */
public final class AsideUsageKey extends AbstractKey implements UsageKey {

    static final String PREFIX = "aside-usage-v";

    private final AsideEscape escape;
    private final UsageKey usageKey;
    private final String asideType;

    private AsideUsageKey(AsideEscape escape, UsageKey usageKey, String asideType) {
        super(escape.join(usageKey.toString(), asideType));
        this.escape = escape;
        this.usageKey = usageKey;
        this.asideType = asideType;
    }

    static AsideUsageKey read(KeyInput in) {
        AsideEscape escape = in.startsWith(AsideEscape.V1.prefix()) ? AsideEscape.V1 : AsideEscape.V2;
        AsideEscape.Halves halves = escape.split(in);
        return new AsideUsageKey(escape, block(in, escape, halves.left()), halves.right());
    }

    private static UsageKey block(KeyInput in, AsideEscape escape, String text) {
        if (escape == AsideEscape.V1 && text.startsWith(PREFIX)) {
            throw in.invalid("an aside of an aside can only be written with '" + AsideEscape.V2.prefix() + "'");
        }
        UsageKey block;
        try {
            block = UsageKey.parse(text);
        } catch (InvalidKeyException e) {
            throw in.invalid("it contains " + Quoted.of(text) + ", which is not a usage key: " + e.reason());
        }
        if (!escape.canHold(block.toString())) {
            throw in.invalid(
                    "the key in it contains '::' or ends in ':', which only '" + AsideEscape.V2.prefix() + "' allows");
        }
        return block;
    }

    /** The key of an aside attached to a block, {@code aside-usage-v2:…}; the aside's type is any text. */
    public static AsideUsageKey of(UsageKey usageKey, String asideType) {
        return new AsideUsageKey(AsideEscape.V2, usageKey, asideType);
    }

    /** The block that the aside is attached to. */
    public UsageKey usageKey() {
        return usageKey;
    }

    /** The aside's type: any text, possibly empty. */
    public String asideType() {
        return asideType;
    }

    @Override
    public @Nullable String blockType() {
        return usageKey.blockType();
    }

    @Override
    public String blockId() {
        return usageKey.blockId();
    }

    @Override
    public @Nullable LearningContextKey contextKey() {
        return usageKey.contextKey();
    }

    @Override
    public String typeName() {
        return escape == AsideEscape.V1 ? "AsideUsageKeyV1" : "AsideUsageKeyV2";
    }

    @Override
    public boolean deprecated() {
        return false;
    }

    @Override
    List<@Nullable Object> unwrittenFields() {
        return List.of(usageKey);
    }

    @Override
    public Map<String, Object> parts() {
        return new Parts()
                .put("course_key", contextKey())
                .put("block_type", blockType())
                .put("block_id", blockId())
                .of(this);
    }
}
