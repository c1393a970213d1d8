package dev.carillon.credentials.rest;

import dev.carillon.credentials.catalog.Catalog;
import dev.carillon.credentials.learner.Grades;
import dev.carillon.credentials.learner.Grades.Grade;
import dev.carillon.credentials.learner.Learners;
import dev.carillon.credentials.security.Caller;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The grades of learners, which their records show. The LMS sends them as forms. */
@RestController
@RequestMapping("/api/v2/grades")
class GradesController {

    private static final int CALLS_PER_MINUTE = 90;
    private static final int DIGITS = 4;

    private final Learners learners;
    private final Catalog catalog;
    private final Grades grades;
    private final Throttle throttle = new Throttle(CALLS_PER_MINUTE);

    GradesController(Learners learners, Catalog catalog, Grades grades) {
        this.learners = learners;
        this.catalog = catalog;
        this.grades = grades;
    }

    /** Records a learner's grade in a course run, or replaces it. */
    @PostMapping
    @Transactional
    @ResponseStatus(HttpStatus.CREATED)
    public Map<String, @Nullable Object> create(Body body, Caller caller) {
        caller.requireStaff();
        throttle.count(caller);
        @Nullable String username = body.requiredText("username");
        @Nullable String courseRun = CourseRunKeys.read(body, "course_run");
        if (!body.has("course_run")) {
            body.problem("course_run", Body.REQUIRED);
        }
        @Nullable BigDecimal percent = percent(body);
        @Nullable Boolean verified = body.flag("verified");
        @Nullable String letter = letter(body);
        @Nullable Instant updated = body.time("lms_last_updated_at");
        body.check();
        if (username == null || courseRun == null) {
            throw new IllegalStateException("check() accepted a body without a learner or course run");
        }
        Grade grade = grades.upsert(
                learners.lock(null, username),
                catalog.courseRun(courseRun),
                new Grades.Values(letter, percent, verified == null || verified, updated));
        return item(grade);
    }

    /** Changes a grade. */
    @Transactional
    @RequestMapping(
            path = "/{id}",
            method = {RequestMethod.PATCH, RequestMethod.PUT})
    public Map<String, @Nullable Object> update(@PathVariable("id") long id, Body body, Caller caller) {
        caller.requireStaff();
        throttle.count(caller);
        Grade grade = grades.find(id).orElseThrow(NotFoundException::new);
        @Nullable
        BigDecimal percent =
                body.has("percent_grade") ? percent(body) : grade.values().percent();
        @Nullable
        Boolean verified = body.has("verified")
                ? body.flag("verified")
                : Boolean.valueOf(grade.values().verified());
        @Nullable
        String letter = body.has("letter_grade") ? letter(body) : grade.values().letter();
        @Nullable
        Instant updated = body.has("lms_last_updated_at")
                ? body.time("lms_last_updated_at")
                : grade.values().lmsLastUpdatedAt();
        body.check();
        grades.update(id, new Grades.Values(letter, percent, verified == null || verified, updated));
        return item(grades.find(id).orElseThrow());
    }

    /** A grade without a letter comes as an empty text in some forms. */
    private static @Nullable String letter(Body body) {
        return "".equals(body.raw("letter_grade")) ? null : body.text("letter_grade");
    }

    private static @Nullable BigDecimal percent(Body body) {
        BigDecimal percent = body.decimal("percent_grade");
        if (percent == null) {
            return null;
        }
        if (percent.signum() < 0 || percent.compareTo(BigDecimal.ONE) > 0) {
            body.problem("percent_grade", "Ensure this value is between 0 and 1.");
            return null;
        }
        return percent.setScale(DIGITS, RoundingMode.HALF_UP);
    }

    private static Map<String, @Nullable Object> item(Grade grade) {
        Map<String, @Nullable Object> item = new LinkedHashMap<>();
        item.put("id", grade.id());
        item.put("username", grade.username());
        item.put("course_run", grade.courseRunKey());
        item.put("letter_grade", grade.values().letter());
        item.put(
                "percent_grade",
                grade.values().percent() == null
                        ? null
                        : grade.values().percent().toPlainString());
        item.put("verified", grade.values().verified());
        item.put(
                "lms_last_updated_at",
                grade.values().lmsLastUpdatedAt() == null
                        ? null
                        : CredentialItems.text(grade.values().lmsLastUpdatedAt()));
        item.put("created", CredentialItems.text(grade.created()));
        item.put("modified", CredentialItems.text(grade.modified()));
        return item;
    }
}
