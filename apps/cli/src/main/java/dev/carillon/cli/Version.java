package dev.carillon.cli;

import dev.carillon.events.LibraryVersion;
import picocli.CommandLine.IVersionProvider;

/** The release of Carillon, and that of the Open edX events that it implements. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String release = Version.class.getPackage().getImplementationVersion();
        return new String[] {
            "carillon " + (release == null ? "(development build)" : release),
            "openedx-events " + LibraryVersion.CURRENT,
            "Java " + Runtime.version()
        };
    }
}
