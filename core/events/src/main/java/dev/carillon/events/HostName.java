package dev.carillon.events;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The name of this machine. */
final class HostName {

    /** Where Linux stores the host name. Avoids a name server, which may be slow or unavailable. */
    private static final Path KERNEL = Path.of("/proc/sys/kernel/hostname");

    private HostName() {}

    static String current() {
        String name = ofKernel();
        return name.isEmpty() ? ofNetwork() : name;
    }

    private static String ofKernel() {
        try {
            return Files.isReadable(KERNEL) ? Files.readString(KERNEL).strip() : "";
        } catch (IOException e) {
            return ""; // the network is asked instead
        }
    }

    private static String ofNetwork() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost"; // the name is there, but has no address; the message is no form to take it from
        }
    }
}
