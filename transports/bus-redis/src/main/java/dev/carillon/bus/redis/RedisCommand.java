package dev.carillon.bus.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.output.NestedMultiOutput;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.output.ValueOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A Redis command and the future of its reply, with factories for the kinds of replies and helpers that read nested ones. Each
 * instance can be sent once.
 *
 * @param <T> the type of the reply
 */
final class RedisCommand<T> extends AsyncCommand<byte[], byte[], T> {

    RedisCommand(CommandType type, CommandOutput<byte[], byte[], T> output, CommandArgs<byte[], byte[]> args) {
        super(new Command<>(type, output, args));
    }

    /** A command whose reply is a number. */
    static RedisCommand<Long> integer(CommandType type, CommandArgs<byte[], byte[]> args) {
        return new RedisCommand<>(type, new IntegerOutput<>(ByteArrayCodec.INSTANCE), args);
    }

    /** A command whose reply is a status or a short text, such as an id. */
    static RedisCommand<String> status(CommandType type, CommandArgs<byte[], byte[]> args) {
        return new RedisCommand<>(type, new StatusOutput<>(ByteArrayCodec.INSTANCE), args);
    }

    /** A command whose reply is a value, or nil. */
    static RedisCommand<byte[]> value(CommandType type, CommandArgs<byte[], byte[]> args) {
        return new RedisCommand<>(type, new ValueOutput<>(ByteArrayCodec.INSTANCE), args);
    }

    /** A command whose reply is any kind of array: of {@code byte[]}, {@code Long} and nested lists. */
    static RedisCommand<List<Object>> nested(CommandType type, CommandArgs<byte[], byte[]> args) {
        return new RedisCommand<>(type, new NestedMultiOutput<>(ByteArrayCodec.INSTANCE), args);
    }

    /** As {@link #nested(CommandType, CommandArgs)}, for arguments that are all text. */
    static RedisCommand<List<Object>> nested(CommandType type, String... arguments) {
        CommandArgs<byte[], byte[]> args = args();
        for (String argument : arguments) {
            args.add(argument);
        }
        return nested(type, args);
    }

    static CommandArgs<byte[], byte[]> args() {
        return new CommandArgs<>(ByteArrayCodec.INSTANCE);
    }

    /** The text of a value in a nested reply; empty for nil and for anything that is not text. */
    static String text(@Nullable Object value) {
        return value instanceof byte[] bytes ? new String(bytes, UTF_8) : "";
    }

    /** The fields of a nested reply that lists names and values alternately. */
    static Map<String, Object> fields(List<?> flat) {
        Map<String, Object> fields = new HashMap<>();
        for (int i = 0; i + 1 < flat.size(); i += 2) {
            fields.put(text(flat.get(i)), flat.get(i + 1));
        }
        return fields;
    }
}
