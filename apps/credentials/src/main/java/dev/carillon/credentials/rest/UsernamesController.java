package dev.carillon.credentials.rest;

import dev.carillon.credentials.learner.Learners;
import dev.carillon.credentials.security.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DataAccessException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Renames learners, for the scripts that replace usernames in all services. */
@RestController
class UsernamesController {

    private static final Logger LOG = LoggerFactory.getLogger(UsernamesController.class);
    private static final String FIELD = "username_mappings";

    private final Learners learners;
    private final String worker;

    UsernamesController(Learners learners, @Value("${USERNAME_REPLACEMENT_WORKER:}") String worker) {
        this.learners = learners;
        this.worker = worker;
    }

    /** Renames each by itself: one that fails does not stop the others. A learner who is unknown here counts as renamed. */
    @PostMapping("/api/v2/replace_usernames")
    Map<String, Object> replace(Body body, Caller caller) {
        if (worker.isEmpty() || !worker.equals(caller.username())) {
            throw new AccessDeniedException("not the worker");
        }
        List<Map<String, String>> successful = new ArrayList<>();
        List<Map<String, String>> failed = new ArrayList<>();
        for (Map<String, String> mapping : mappings(body)) {
            mapping.forEach((from, to) -> (rename(from, to) ? successful : failed).add(Map.of(from, to)));
        }
        return Map.of("successful_replacements", successful, "failed_replacements", failed);
    }

    private boolean rename(String from, String to) {
        try {
            learners.rename(from, to);
            return true;
        } catch (IllegalStateException | DataAccessException e) {
            LOG.warn("A learner could not be renamed: {}", e.getClass().getSimpleName());
            return false;
        }
    }

    private static List<Map<String, String>> mappings(Body body) {
        List<Map<String, String>> mappings = new ArrayList<>();
        @Nullable Object value = body.raw(FIELD);
        if (value instanceof List<?> list) {
            for (Object each : list) {
                if (each instanceof Map<?, ?> map
                        && map.size() == 1
                        && map.entrySet().iterator().next().getKey() instanceof String from
                        && map.get(from) instanceof String to
                        && !from.isBlank()
                        && !to.isBlank()) {
                    mappings.add(Map.of(from, to));
                } else {
                    body.problem(FIELD, "Each mapping needs one current username and the new one: {\"old\": \"new\"}.");
                }
            }
        } else {
            body.problem(FIELD, value == null ? Body.REQUIRED : "Expected a list of items.");
        }
        body.check();
        return mappings;
    }
}
