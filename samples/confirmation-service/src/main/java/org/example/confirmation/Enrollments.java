package org.example.confirmation;

import dev.carillon.catalog.learning.CourseEnrollmentData;
import dev.carillon.catalog.learning.UserData;
import dev.carillon.spring.EventPublisher;
import dev.carillon.spring.EventReceiver;
import dev.carillon.spring.Once;
import org.springframework.stereotype.Component;

/** Reacts to enrollments in the LMS. */
@Component
class Enrollments {

    private final Preferences preferences;
    private final EventPublisher publisher;

    Enrollments(Preferences preferences, EventPublisher publisher) {
        this.preferences = preferences;
        this.publisher = publisher;
    }

    @Once
    @EventReceiver(
            signal = "org.openedx.learning.course.enrollment.created.v1",
            topic = "course-enrollment",
            id = "confirm",
            key = "enrollment.user.id")
    void enrolled(CourseEnrollmentData enrollment) {
        UserData learner = enrollment.user();
        preferences.addDefault(learner.id());
        if (preferences.wantsConfirmation(learner.id())) {
            publisher.publish(new Confirmation(
                    learner.id(),
                    learner.pii().name(),
                    learner.pii().email(),
                    enrollment.course().displayName()));
        }
    }
}
