package dev.carillon.interop;

import org.junit.jupiter.api.DisplayName;

@DisplayName("Redis")
class RedisInterop extends InteropContract {

    @Override
    Broker startBroker() {
        return new RedisBroker();
    }
}
