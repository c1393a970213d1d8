package dev.carillon.spring.test;

import dev.carillon.testkit.EventRecorder;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.support.AbstractTestExecutionListener;

/** Lets each test begin with an empty recorder. */
final class ClearRecorderListener extends AbstractTestExecutionListener {

    private static final String RECORDER = "carillonEventRecorder";

    ClearRecorderListener() {}

    @Override
    public void beforeTestMethod(TestContext test) {
        if (test.hasApplicationContext()
                && test.getApplicationContext() instanceof ConfigurableApplicationContext context) {
            ConfigurableListableBeanFactory beans = context.getBeanFactory();
            if (beans.containsSingleton(RECORDER)) {
                beans.getBean(RECORDER, EventRecorder.class).clear();
            }
        }
    }
}
