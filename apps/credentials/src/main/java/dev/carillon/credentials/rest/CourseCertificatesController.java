package dev.carillon.credentials.rest;

import dev.carillon.credentials.credential.Certificates;
import dev.carillon.credentials.credential.Certificates.Configuration;
import dev.carillon.credentials.security.Caller;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The certificates of course runs: the LMS sends them when a course is changed. */
@RestController
@RequestMapping("/api/v2/course_certificates")
class CourseCertificatesController {

    private final Certificates certificates;

    CourseCertificatesController(Certificates certificates) {
        this.certificates = certificates;
    }

    /** Creates or changes the certificate of a course run. The run may be unknown. */
    @PostMapping
    @Transactional
    @ResponseStatus(HttpStatus.CREATED)
    public Map<String, @Nullable Object> create(Body body, Caller caller) {
        caller.requireStaff();
        if (!body.has("course_id")) {
            body.problem("course_id", Body.REQUIRED);
        }
        return configure(CourseRunKeys.read(body, "course_id"), body);
    }

    /** Changes it. */
    @Transactional
    @RequestMapping(
            path = "/{course_id}",
            method = {RequestMethod.PATCH, RequestMethod.PUT})
    public Map<String, @Nullable Object> update(@PathVariable("course_id") String courseId, Body body, Caller caller) {
        caller.requireStaff();
        if (certificates.configurations(courseId).isEmpty()) {
            throw new NotFoundException();
        }
        return configure(courseId, body);
    }

    private Map<String, @Nullable Object> configure(@Nullable String courseId, Body body) {
        @Nullable String type = body.requiredText("certificate_type");
        // a client of the original writes a missing date as this text
        boolean isNone = "None".equals(body.raw("certificate_available_date"));
        @Nullable Instant date = isNone ? null : body.time("certificate_available_date");
        @Nullable Boolean active = body.flag("is_active");
        body.check();
        if (courseId == null || type == null) {
            throw new IllegalStateException("check() accepted a body without a course or type");
        }
        certificates.ofCourseRun(courseId, type);
        certificates.configure(courseId, type, date, active == null || active);
        return item(certificates.configurations(courseId).stream()
                .filter(each -> each.type().equals(type))
                .findFirst()
                .orElseThrow());
    }

    /** Returns the certificate of a course run; the first by type if there are several. */
    @GetMapping("/{course_id}")
    Map<String, @Nullable Object> get(@PathVariable("course_id") String courseId, Caller caller) {
        caller.requireStaff();
        return certificates.configurations(courseId).stream()
                .findFirst()
                .map(CourseCertificatesController::item)
                .orElseThrow(NotFoundException::new);
    }

    private static Map<String, @Nullable Object> item(Configuration configuration) {
        Map<String, @Nullable Object> item = new LinkedHashMap<>();
        item.put("id", configuration.id());
        item.put("course_id", configuration.courseRunKey());
        item.put("certificate_type", configuration.type());
        item.put(
                "certificate_available_date",
                configuration.availableDate() == null ? null : CredentialItems.text(configuration.availableDate()));
        item.put("is_active", configuration.active());
        return item;
    }
}
