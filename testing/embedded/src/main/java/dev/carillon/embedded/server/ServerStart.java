package dev.carillon.embedded.server;

import java.io.IOException;
import java.util.Locale;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** What a builder does to start a server: a folder, what the server needs in it, a port. */
public final class ServerStart {

    /** Writes into a new folder what the server needs, and says how to start it there on a port. */
    @FunctionalInterface
    public interface Preparation<S> {
        /** Called once; what it returns is called until there is a free port. */
        IntFunction<S> in(ServerFolder folder) throws IOException;
    }

    private ServerStart() {}

    /**
     * Starts a server, or leaves nothing of it.
     *
     * @param name what messages call the server
     * @throws EmbeddedServerException if it cannot be started
     */
    public static <S> S start(String name, PortChoice port, Preparation<S> preparation) {
        @Nullable ServerFolder folder = null;
        @Nullable S server = null;
        try {
            folder = ServerFolder.create(name.toLowerCase(Locale.ROOT));
            server = port.start(preparation.in(folder));
            return server;
        } catch (IOException e) {
            throw StartFailures.cannotStart(name, e);
        } finally {
            if (folder != null && server == null) {
                folder.close();
            }
        }
    }
}
