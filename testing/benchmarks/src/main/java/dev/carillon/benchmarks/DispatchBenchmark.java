package dev.carillon.benchmarks;

import com.google.common.eventbus.EventBus;
import com.google.common.eventbus.Subscribe;
import dev.carillon.catalog.learning.CertificateData;
import dev.carillon.catalog.learning.LearningSignals;
import dev.carillon.events.Events;
import dev.carillon.events.SendResult;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.support.GenericApplicationContext;

/**
 * Dispatches one event to one receiver in the same thread, compared with Guava's EventBus and Spring's event publisher. Carillon also
 * creates metadata: a time-based UUID and the time.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DispatchBenchmark {

    private final CertificateData data = Certificates.one(1);
    private final Events events = Events.create("benchmark");
    private final EventBus guava = new EventBus();
    private final GenericApplicationContext spring = new GenericApplicationContext();
    private long sum;

    /** Connects a receiver to each. */
    public DispatchBenchmark() {
        events.connect(
                LearningSignals.CERTIFICATE_CREATED,
                event -> sum += event.data().user().id());
        guava.register(new GuavaReceiver());
        spring.addApplicationListener(new SpringReceiver());
        spring.refresh();
    }

    @TearDown
    public void close() {
        spring.close();
    }

    @Benchmark
    public SendResult carillon() {
        return events.send(LearningSignals.CERTIFICATE_CREATED, data);
    }

    @Benchmark
    public long guava() {
        guava.post(data);
        return sum;
    }

    @Benchmark
    public long spring() {
        spring.publishEvent(data);
        return sum;
    }

    private final class GuavaReceiver {
        @Subscribe
        @SuppressWarnings("unused") // called by Guava
        void receive(CertificateData certificate) {
            sum += certificate.user().id();
        }
    }

    private final class SpringReceiver implements ApplicationListener<PayloadApplicationEvent<CertificateData>> {
        @Override
        public void onApplicationEvent(PayloadApplicationEvent<CertificateData> event) {
            sum += event.getPayload().user().id();
        }
    }
}
