package dev.carillon.rig.injection;

import dev.carillon.rig.fault.FaultInjector;
import dev.carillon.rig.fault.FaultKind;
import dev.carillon.rig.judge.RecordedEvent;
import dev.carillon.rig.service.FaultSwitch;
import java.nio.file.Path;
import java.util.List;

/** Makes thousands of events of one key fail, until the events that were sent meanwhile with other keys have been handled. */
public final class HotKeyFault implements FaultInjector {

    private final Path folder;
    private final UnaffectedKeys otherKeys;

    /** Creates the injector; no event fails yet. */
    public HotKeyFault(Path folder, String databaseUrl) {
        this.folder = folder;
        this.otherKeys = new UnaffectedKeys(databaseUrl);
    }

    @Override
    public void inject(FaultKind kind) {
        otherKeys.startTracking();
        FaultSwitch.HOT_KEY.turn(true, folder);
    }

    @Override
    public void repair(FaultKind kind) {
        try {
            otherKeys.awaitHandled();
        } finally {
            FaultSwitch.HOT_KEY.turn(false, folder);
        }
    }

    /** The events of other keys that were stuck. To be called when the storm is over. */
    public List<RecordedEvent> stuck() {
        return otherKeys.stuck();
    }
}
