package dev.carillon.rig.breakage;

import dev.carillon.embedded.EmbeddedServer;
import dev.carillon.embedded.EmbeddedServerException;
import dev.carillon.rig.fault.Breakable;
import dev.carillon.rig.fault.Kind;
import dev.carillon.rig.role.Condition;
import dev.carillon.rig.server.Link;
import dev.carillon.rig.server.RoleProcess;
import java.nio.file.Path;

/** How processes, servers, networks and conditions are broken and mended. */
public final class Breakables {

    private static final int STARTS = 4;

    private Breakables() {}

    /** A process of ours. */
    public static Breakable of(RoleProcess process) {
        return new Breakable() {
            @Override
            public void breakBy(Kind kind) {
                switch (kind) {
                    case KILL -> process.kill();
                    case STOP -> process.stop();
                    case PAUSE, OVERSLEEP -> process.pause();
                    default -> throw unfit(kind, "a process");
                }
            }

            @Override
            public void mend(Kind kind) {
                if (kind == Kind.PAUSE || kind == Kind.OVERSLEEP) {
                    process.resume();
                } else {
                    process.start();
                }
            }
        };
    }

    /**
     * A server.
     *
     * @param beforeRestart keeps what the next start would delete
     */
    public static Breakable of(EmbeddedServer server, Runnable beforeRestart) {
        return new Breakable() {
            @Override
            public void breakBy(Kind kind) {
                if (kind != Kind.CRASH) {
                    throw unfit(kind, "a server");
                }
                server.kill();
            }

            /** A machine that is busy may be too slow for a start, which proves nothing of the bus. */
            @Override
            public void mend(Kind kind) {
                boolean started = false;
                for (int start = 1; !started; start++) {
                    beforeRestart.run();
                    try {
                        server.restart();
                        started = true;
                    } catch (EmbeddedServerException e) {
                        if (start == STARTS) {
                            throw e;
                        }
                    }
                }
            }
        };
    }

    /** A network. */
    public static Breakable of(Link link) {
        return new Breakable() {
            @Override
            public void breakBy(Kind kind) {
                link.become(
                        switch (kind) {
                            case DELAY -> Link.State.SLOW;
                            case CUT -> Link.State.CUT;
                            case HALF_OPEN -> Link.State.HALF_OPEN;
                            case DEAF -> Link.State.DEAF;
                            default -> throw unfit(kind, "a network");
                        });
            }

            @Override
            public void mend(Kind kind) {
                link.become(Link.State.OPEN);
            }
        };
    }

    /** What services do while a condition is on. */
    public static Breakable of(Condition condition, Path folder) {
        return new Breakable() {
            @Override
            public void breakBy(Kind kind) {
                condition.turn(true, folder);
            }

            @Override
            public void mend(Kind kind) {
                condition.turn(false, folder);
            }
        };
    }

    private static IllegalArgumentException unfit(Kind kind, String thing) {
        return new IllegalArgumentException("'" + kind.word() + "' is no way to break " + thing);
    }
}
