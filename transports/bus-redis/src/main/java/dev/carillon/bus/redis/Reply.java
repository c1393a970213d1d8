package dev.carillon.bus.redis;

import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;

/** A command, and the future of its answer. */
final class Reply<T> extends AsyncCommand<byte[], byte[], T> {

    Reply(CommandType type, CommandOutput<byte[], byte[], T> output, CommandArgs<byte[], byte[]> args) {
        super(new Command<>(type, output, args));
    }
}
