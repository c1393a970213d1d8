package dev.carillon.spring.forwarding;

import dev.carillon.spring.EventPublisher;
import dev.carillon.spring.EventReceiver;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.stereotype.Component;

/** Publishes an event for each event that it receives. */
@SpringBootApplication
public class ForwardingApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(ForwardingApplication.class, arguments);
    }

    @Component
    static class Forwarder {

        private final EventPublisher publisher;

        Forwarder(EventPublisher publisher) {
            this.publisher = publisher;
        }

        @EventReceiver(topic = "requests", id = "forward", key = "request.user")
        void forward(Request request) throws InterruptedException {
            TimeUnit.MILLISECONDS.sleep(1);
            publisher.publish(new Forwarded(request.user(), request.number()));
        }
    }
}
