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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Measures how long a minimal consumer takes to start, and its memory and class path, compared with a program that uses Lettuce only. */
final class FootprintBench {

    private static final String LETTUCE_ONLY = "Lettuce";
    private static final String PLAIN_SPRING = "without";
    private static final int ROUNDS = 9;
    private static final int EVENTS = 1_000;

    /** What {@code lettuce-core} brings. A program does not start without a jar that is missing here. */
    private static final Pattern LETTUCE =
            Pattern.compile("(lettuce-core|netty|reactive-streams|reactor-core|redis-authx-core|slf4j-api)-.*");

    /** What {@code carillon-catalog}, {@code carillon-bus} and {@code carillon-bus-redis} bring besides. */
    private static final Pattern CARILLON = Pattern.compile(
            "(carillon-(avro|bus|bus-redis|bus-spi|catalog|events)|avro"
                    + "|commons-(codec|compress|io|lang3)|jackson-(annotations|core|databind)|jspecify|record-builder-core|snakeyaml-engine)-\\d.*");

    /** What {@code spring-boot-starter} brings. */
    private static final Pattern SPRING = Pattern.compile(
            "(spring-(aop|beans|context|core|expression|boot|boot-autoconfigure|boot-starter)|commons-logging"
                    + "|micrometer-(commons|observation)|jakarta.annotation-api|jspecify|slf4j-(api|simple)|snakeyaml)-\\d.*");

    /** What {@code carillon-spring-boot-starter} brings besides. */
    private static final Pattern STARTER = Pattern.compile("carillon-(bus-jdbc|spring-boot-starter)-\\d.*");

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
        print(LETTUCE_ONLY, "first event (ms)", carillon, lettuce, result -> result.median(0));
        print(LETTUCE_ONLY, "heap in use (kB)", carillon, lettuce, result -> result.median(1));
        print(LETTUCE_ONLY, "resident memory (MiB)", carillon, lettuce, result -> result.median(2) / 1024);
        print(LETTUCE_ONLY, "its peak (MiB)", carillon, lettuce, result -> result.median(3) / 1024);
        print(LETTUCE_ONLY, "jars", carillon, lettuce, result -> result.jars().size());
        print(LETTUCE_ONLY, "size of the jars (kB)", carillon, lettuce, result -> result.bytes() / 1000);
    }

    /** Measures a Spring Boot application with the starter and one receiver, and the same application without them. */
    void runSpring() throws Exception {
        List<Path> all = classPath();
        List<Path> plainJars = matching(all, SPRING);
        Set<Path> starterJars = new LinkedHashSet<>(plainJars);
        List.of(LETTUCE, CARILLON, STARTER).forEach(names -> starterJars.addAll(matching(all, names)));
        Result starter = new Result(SpringApp.class.getName(), List.copyOf(starterJars), new ArrayList<>());
        Result plain = new Result(SpringApp.class.getName(), plainJars, new ArrayList<>());
        try (EmbeddedRedis redis = EmbeddedRedis.start()) {
            for (int round = 0; round < ROUNDS; round++) {
                starter.runs().add(run(starter, SpringReceiver.class.getName(), redis.url(), now()));
                plain.runs().add(run(plain, "", redis.url(), now()));
            }
        }
        System.out.printf(Locale.ROOT, "%d processes each, alternating; medians%n", ROUNDS);
        print(PLAIN_SPRING, "context started (ms)", starter, plain, result -> result.median(0));
        print(PLAIN_SPRING, "resident memory (MiB)", starter, plain, result -> result.median(2) / 1024);
        print(PLAIN_SPRING, "jars", starter, plain, result -> result.jars().size());
    }

    private static String now() {
        return Long.toString(System.currentTimeMillis());
    }

    private static void print(String peer, String what, Result carillon, Result lettuce, ToLongFunction<Result> value) {
        long ours = value.applyAsLong(carillon);
        long theirs = value.applyAsLong(lettuce);
        System.out.printf(
                Locale.ROOT,
                "%-24s Carillon %,8d   %s %,8d   ratio %.2f%n",
                what,
                ours,
                peer,
                theirs,
                (double) ours / theirs);
    }

    private long[] start(Result program, String url) throws IOException, InterruptedException {
        String group = "group-" + groups.incrementAndGet();
        return run(program, url, group, Integer.toString(EVENTS), now(), CarillonOnRedis.TOPIC);
    }

    private static long[] run(Result program, String... arguments) throws IOException, InterruptedException {
        List<Path> jars = new ArrayList<>(program.jars());
        jars.add(Path.of(System.getProperty("java.class.path").split(File.pathSeparator, 2)[0]));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-Dspring.main.banner-mode=off",
                "-cp",
                jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)),
                program.name()));
        command.addAll(List.of(arguments));
        Process process =
                new ProcessBuilder(command).redirectError(Redirect.DISCARD).start();
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
