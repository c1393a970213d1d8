package dev.carillon.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** What a process reports about itself: when it got its first event, and how much memory it has used. Linux only. */
final class Footprint {

    private static final Path STATUS = Path.of("/proc/self/status");

    private final long started;
    private final AtomicLong first = new AtomicLong();

    /** Of a process that was started at this time, in milliseconds since 1970. */
    Footprint(long started) {
        this.started = started;
    }

    /** An event has arrived. Any thread may call it. */
    void received() {
        first.compareAndSet(0, System.currentTimeMillis() - started);
    }

    /** Prints milliseconds until the first event, and in kB: the heap after a garbage collection, resident memory, and its peak. */
    void print() throws IOException {
        System.gc();
        long heap = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        System.out.println(first.get() + " " + heap / 1024 + " " + kilobytes("VmRSS:") + " " + kilobytes("VmHWM:"));
    }

    private static String kilobytes(String name) throws IOException {
        return Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.replaceAll("\\D", ""))
                .findFirst()
                .orElseThrow();
    }
}
