package dev.carillon.cli.demo;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** How far the credentials side is. Travels between the two processes as a line of numbers. */
record Progress(long delivered, long awarded, long revoked, long changed, long holders) {

    static final Progress NONE = new Progress(0, 0, 0, 0, 0);

    String toLine() {
        return LongStream.of(delivered, awarded, revoked, changed, holders)
                .mapToObj(Long::toString)
                .collect(Collectors.joining(" "));
    }

    static Progress parse(String line) {
        long[] numbers = Arrays.stream(line.strip().split(" "))
                .mapToLong(Long::parseLong)
                .toArray();
        return new Progress(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
    }
}
