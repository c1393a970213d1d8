package dev.carillon.rig.injection;

import dev.carillon.embedded.server.EmbeddedServer;
import dev.carillon.embedded.server.EmbeddedServerException;
import dev.carillon.rig.fault.FaultInjector;
import dev.carillon.rig.fault.FaultKind;
import dev.carillon.rig.server.NetworkProxy;
import dev.carillon.rig.server.ServiceProcess;
import dev.carillon.rig.service.FaultSwitch;
import java.nio.file.Path;

/** Fault injectors for processes, servers, network connections and receivers. */
public final class FaultInjectors {

    private static final int MAX_START_ATTEMPTS = 4;

    private FaultInjectors() {}

    /** Kills, stops or pauses a service's process. */
    public static FaultInjector of(ServiceProcess process) {
        return new FaultInjector() {
            @Override
            public void inject(FaultKind kind) {
                switch (kind) {
                    case KILL -> process.kill();
                    case STOP -> process.stop();
                    case PAUSE, LONG_PAUSE -> process.pause();
                    default -> throw unsupported(kind, "a process");
                }
            }

            @Override
            public void repair(FaultKind kind) {
                if (kind == FaultKind.PAUSE || kind == FaultKind.LONG_PAUSE) {
                    process.resume();
                } else {
                    process.start();
                }
            }
        };
    }

    /**
     * Kills a server.
     *
     * @param beforeRestart saves what the restart deletes, such as the log
     */
    public static FaultInjector of(EmbeddedServer server, Runnable beforeRestart) {
        return new FaultInjector() {
            @Override
            public void inject(FaultKind kind) {
                if (kind != FaultKind.CRASH) {
                    throw unsupported(kind, "a server");
                }
                server.kill();
            }

            /** Retries, because on a busy machine a start may take longer than its timeout. */
            @Override
            public void repair(FaultKind kind) {
                boolean started = false;
                for (int attempt = 1; !started; attempt++) {
                    beforeRestart.run();
                    try {
                        server.restart();
                        started = true;
                    } catch (EmbeddedServerException e) {
                        if (attempt == MAX_START_ATTEMPTS) {
                            throw e;
                        }
                    }
                }
            }
        };
    }

    /** Delays, breaks or swallows the traffic of a network connection. */
    public static FaultInjector of(NetworkProxy network) {
        return new FaultInjector() {
            @Override
            public void inject(FaultKind kind) {
                network.setMode(
                        switch (kind) {
                            case DELAY -> NetworkProxy.Mode.SLOW;
                            case CUT -> NetworkProxy.Mode.CUT;
                            case HALF_OPEN -> NetworkProxy.Mode.HALF_OPEN;
                            case RESPONSES_LOST -> NetworkProxy.Mode.RESPONSES_LOST;
                            default -> throw unsupported(kind, "a network connection");
                        });
            }

            @Override
            public void repair(FaultKind kind) {
                network.setMode(NetworkProxy.Mode.OPEN);
            }
        };
    }

    /** Turns a switch of the services on and off. */
    public static FaultInjector of(FaultSwitch faultSwitch, Path folder) {
        return new FaultInjector() {
            @Override
            public void inject(FaultKind kind) {
                faultSwitch.turn(true, folder);
            }

            @Override
            public void repair(FaultKind kind) {
                faultSwitch.turn(false, folder);
            }
        };
    }

    private static IllegalArgumentException unsupported(FaultKind kind, String target) {
        return new IllegalArgumentException("Fault '" + kind.word() + "' is not supported for " + target);
    }
}
