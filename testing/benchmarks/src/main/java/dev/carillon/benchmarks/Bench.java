package dev.carillon.benchmarks;

import java.util.Arrays;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** The command {@code bin/bench}. */
public final class Bench {

    private static final int REDIS_EVENTS = 200_000;
    private static final int KAFKA_EVENTS = 1_000_000;

    private Bench() {}

    /** The first argument names the measurement; see {@code bin/bench --help}. */
    public static void main(String[] arguments) throws Exception {
        String command = arguments.length == 0 ? "help" : arguments[0];
        switch (command) {
            case "codec" -> micro(CodecBenchmark.class);
            case "dispatch" -> micro(DispatchBenchmark.class);
            case "redis" -> new RedisBench(events(arguments, REDIS_EVENTS)).run();
            case "kafka" -> new KafkaBench(events(arguments, KAFKA_EVENTS)).run();
            case "footprint" -> new FootprintBench().run();
            case "spring" -> new FootprintBench().runSpring();
            case "jmh" -> org.openjdk.jmh.Main.main(Arrays.copyOfRange(arguments, 1, arguments.length));
            default -> help();
        }
    }

    private static int events(String[] arguments, int defaultEvents) {
        return arguments.length > 1 ? Integer.parseInt(arguments[1]) : defaultEvents;
    }

    private static void micro(Class<?> benchmark) throws Exception {
        new Runner(new OptionsBuilder()
                        .include(benchmark.getName())
                        .forks(3)
                        .warmupIterations(4)
                        .warmupTime(TimeValue.seconds(1))
                        .measurementIterations(5)
                        .measurementTime(TimeValue.seconds(1))
                        .build())
                .run();
    }

    private static void help() {
        System.out.println("""
                Usage: bin/bench codec              encoding and decoding a certificate, compared with Apache Avro
                       bin/bench dispatch           one event to one receiver, compared with Guava and Spring
                       bin/bench redis [EVENTS]     producing and consuming, compared with plain Lettuce
                       bin/bench kafka [EVENTS]     producing and consuming, compared with the plain Kafka clients
                       bin/bench footprint          start, memory and class path of a consumer, compared with plain Lettuce
                       bin/bench spring             start of a Spring Boot application, with the starter and without it
                       bin/bench jmh [OPTIONS]      JMH itself""");
    }
}
