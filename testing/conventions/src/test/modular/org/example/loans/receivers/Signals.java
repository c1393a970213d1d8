package org.example.loans.receivers;

import dev.carillon.events.Event;
import java.util.concurrent.CompletableFuture;

public final class Signals {

    public static final CompletableFuture<Event<?>> RECEIVED = new CompletableFuture<>();

    public void print(Event<?> event) {
        RECEIVED.complete(event);
    }
}
