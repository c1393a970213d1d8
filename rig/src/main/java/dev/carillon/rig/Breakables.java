package dev.carillon.rig;

import dev.carillon.embedded.EmbeddedServer;
import dev.carillon.rig.fault.Breakable;
import dev.carillon.rig.fault.Kind;
import dev.carillon.rig.server.Link;
import dev.carillon.rig.server.RoleProcess;

/** How each sort of thing is broken and mended. */
final class Breakables {

    private Breakables() {}

    static Breakable of(RoleProcess process) {
        return new Breakable() {
            @Override
            public void breakBy(Kind kind) {
                switch (kind) {
                    case KILL -> process.kill();
                    case STOP -> process.stop();
                    case PAUSE -> process.pause();
                    default -> throw unfit(kind, "a process");
                }
            }

            @Override
            public void mend(Kind kind) {
                if (kind == Kind.PAUSE) {
                    process.resume();
                } else {
                    process.start();
                }
            }
        };
    }

    static Breakable of(EmbeddedServer server, ServerLog log) {
        return new Breakable() {
            @Override
            public void breakBy(Kind kind) {
                if (kind != Kind.CRASH) {
                    throw unfit(kind, "a server");
                }
                server.kill();
            }

            @Override
            public void mend(Kind kind) {
                log.keep();
                server.restart();
            }
        };
    }

    static Breakable of(Link link) {
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

    private static IllegalArgumentException unfit(Kind kind, String thing) {
        return new IllegalArgumentException("'" + kind.word() + "' is no way to break " + thing);
    }
}
