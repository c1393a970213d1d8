package dev.carillon.benchmarks;

import dev.carillon.catalog.learning.CertificateData;
import dev.carillon.spring.EventReceiver;

/** The receiver of {@link SpringApp}. */
public class SpringReceiver {

    @EventReceiver(
            signal = "org.openedx.learning.certificate.created.v1",
            topic = CarillonOnRedis.TOPIC,
            id = "award",
            key = "certificate.user.id")
    void award(CertificateData certificate) {}
}
