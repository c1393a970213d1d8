package dev.carillon.embedded;

import java.io.IOException;

/** A program that starts a Redis, says where, never closes it, and uses it once more in a shutdown hook. */
final class RedisOwner {

    private RedisOwner() {}

    public static void main(String[] args) throws IOException {
        EmbeddedRedis redis = EmbeddedRedis.start();
        int port = redis.port();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println(ping(port))));
        System.out.println(port);
        System.out.println(redis.folder());
        System.in.read();
    }

    private static String ping(int port) {
        try (RedisConnection connection = RedisConnection.open(port, null)) {
            return "hook: " + connection.call("PING");
        } catch (IOException e) {
            return "hook: " + e;
        }
    }
}
