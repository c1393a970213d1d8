package dev.carillon.events;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The responses of the receivers of one event. Immutable; thread-safe. */
public final class SendResult {

    private static final SendResult EMPTY = new SendResult(List.of(), List.of());

    private final List<Response> responses;
    private final List<CompletableFuture<Response>> pending;

    SendResult(List<Response> responses, List<CompletableFuture<Response>> pending) {
        this.responses = responses;
        this.pending = pending;
    }

    static SendResult empty() {
        return EMPTY;
    }

    /** The responses of the receivers that ran in the sender's thread, in connection order. Unmodifiable. */
    public List<Response> responses() {
        return responses;
    }

    /** The failed ones among {@link #responses()}. */
    public List<Response> failures() {
        return responses.stream().filter(Response::failed).toList();
    }

    /** Whether every receiver that ran in the sender's thread succeeded. */
    public boolean succeeded() {
        for (Response response : responses) {
            if (response.failed()) {
                return false;
            }
        }
        return true;
    }

    /** Whether receivers with an executor have not finished yet: {@link #completion()} waits for them. */
    public boolean isComplete() {
        for (CompletableFuture<Response> response : pending) {
            if (!response.isDone()) {
                return false;
            }
        }
        return true;
    }

    /**
     * Completes with the responses of all receivers, those with an executor last, when all have finished. Never completes
     * exceptionally: the exception of a receiver, or of an executor that rejected the event, is in its response. If an
     * executor drops an accepted task, as after {@code shutdownNow()}, the future never completes.
     */
    public CompletionStage<SendResult> completion() {
        if (pending.isEmpty()) {
            return CompletableFuture.completedFuture(this);
        }
        return CompletableFuture.allOf(pending.toArray(CompletableFuture[]::new))
                .thenApply(done -> {
                    List<Response> all = new ArrayList<>(responses);
                    pending.forEach(response -> all.add(response.join()));
                    return new SendResult(List.copyOf(all), List.of());
                });
    }

    @Override
    public String toString() {
        return "SendResult[" + responses.size() + " responses, " + failures().size() + " failed, " + pending.size()
                + " in an executor]";
    }
}
