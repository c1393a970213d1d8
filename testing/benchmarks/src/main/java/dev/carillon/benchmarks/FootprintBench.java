package dev.carillon.benchmarks;

import dev.carillon.embedded.EmbeddedRedis;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Measures how long a minimal consumer takes to start, and its memory and class path, compared with a program that uses Lettuce only. */
final class FootprintBench {

    private static final int ROUNDS = 9;
    private static final int EVENTS = 1_000;

    /** What {@code lettuce-core} brings. A program does not start without a jar that is missing here. */
    private static final Pattern LETTUCE =
            Pattern.compile("(lettuce-core|netty|reactive-streams|reactor-core|redis-authx-core|slf4j-api)-.*");

    /** What {@code carillon-catalog}, {@code carillon-bus} and {@code carillon-bus-redis} bring besides. */
    private static final Pattern CARILLON = Pattern.compile(
            "(carillon-(avro|bus|bus-redis|bus-spi|catalog|events)|avro"
                    + "|commons-(codec|compress|io|lang3)|jackson-(annotations|core|databind)|jspecify|record-builder-core|snakeyaml-engine)-\\d.*");

    private final AtomicInteger groups = new AtomicInteger();

    /** The medians of several runs of a program. */
    private record Result(String name, List<Path> jars, List<long[]> runs) {

        long median(int column) {
            long[] sorted = runs.stream().mapToLong(run -> run[column]).sorted().toArray();
            return sorted[sorted.length / 2];
        }

        long bytes() {
            return jars.stream().mapToLong(jar -> jar.toFile().length()).sum();
        }
    }

    void run() throws Exception {
        List<Path> all = classPath();
        List<Path> lettuceJars = matching(all, LETTUCE);
        List<Path> carillonJars = new ArrayList<>(lettuceJars);
        carillonJars.addAll(matching(all, CARILLON));
        Result carillon = new Result(MinimalCarillon.class.getName(), carillonJars, new ArrayList<>());
        Result lettuce = new Result(MinimalLettuce.class.getName(), lettuceJars, new ArrayList<>());
        try (EmbeddedRedis redis = EmbeddedRedis.start();
                CarillonOnRedis producer = new CarillonOnRedis(redis.url(), EVENTS)) {
            producer.produce();
            for (int round = 0; round < ROUNDS; round++) {
                carillon.runs().add(start(carillon, redis.url()));
                lettuce.runs().add(start(lettuce, redis.url()));
            }
        }
        System.out.printf(Locale.ROOT, "%d processes each, alternating; %,d events; medians%n", ROUNDS, EVENTS);
        print("first event (ms)", carillon, lettuce, result -> result.median(0));
        print("heap in use (kB)", carillon, lettuce, result -> result.median(1));
        print("resident memory (MiB)", carillon, lettuce, result -> result.median(2) / 1024);
        print("its peak (MiB)", carillon, lettuce, result -> result.median(3) / 1024);
        print("jars", carillon, lettuce, result -> result.jars().size());
        print("size of the jars (kB)", carillon, lettuce, result -> result.bytes() / 1000);
    }

    private static void print(String what, Result carillon, Result lettuce, ToLongFunction<Result> value) {
        long ours = value.applyAsLong(carillon);
        long theirs = value.applyAsLong(lettuce);
        System.out.printf(
                Locale.ROOT,
                "%-24s Carillon %,8d   Lettuce %,8d   ratio %.2f%n",
                what,
                ours,
                theirs,
                (double) ours / theirs);
    }

    private long[] start(Result program, String url) throws IOException, InterruptedException {
        List<Path> jars = new ArrayList<>(program.jars());
        jars.add(Path.of(System.getProperty("java.class.path").split(File.pathSeparator, 2)[0]));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)),
                        program.name(),
                        url,
                        "group-" + groups.incrementAndGet(),
                        Integer.toString(EVENTS),
                        Long.toString(System.currentTimeMillis()),
                        CarillonOnRedis.TOPIC)
                .redirectError(Redirect.DISCARD)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(program.name() + " has failed");
        }
        return Arrays.stream(out.split(" ", -1)).mapToLong(Long::parseLong).toArray();
    }

    /** The jars beside the one of the benchmarks. */
    private static List<Path> classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(Path::of)
                .filter(Files::isRegularFile)
                .toList();
    }

    private static List<Path> matching(List<Path> jars, Pattern names) {
        return jars.stream()
                .filter(jar -> names.matcher(jar.getFileName().toString()).matches())
                .toList();
    }
}
