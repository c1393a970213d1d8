package dev.carillon.credentials.rest;

import dev.carillon.credentials.learner.UsernameTakenException;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** The bodies of refused calls: the fields that are wrong, or the reason as {@code detail}. */
@RestControllerAdvice
class ErrorResponses {

    private static final Logger LOG = LoggerFactory.getLogger(ErrorResponses.class);

    @ExceptionHandler
    ResponseEntity<Object> invalid(InvalidFieldsException e) {
        return ResponseEntity.badRequest().body(e.problems());
    }

    @ExceptionHandler
    ResponseEntity<Object> taken(UsernameTakenException e) {
        return ResponseEntity.badRequest().body(Map.of("lms_user_id", List.of(e.getMessage())));
    }

    @ExceptionHandler
    ResponseEntity<Object> unreadable(HttpMessageNotReadableException e) {
        return detail(HttpStatus.BAD_REQUEST, String.valueOf(e.getMessage()));
    }

    @ExceptionHandler
    ResponseEntity<Object> notFound(NotFoundException e) {
        return detail(HttpStatus.NOT_FOUND, e.getMessage());
    }

    @ExceptionHandler
    ResponseEntity<Object> noPath(NoResourceFoundException e) {
        return detail(HttpStatus.NOT_FOUND, "Not found.");
    }

    @ExceptionHandler
    ResponseEntity<Object> wrongMethod(HttpRequestMethodNotSupportedException e) {
        return ResponseEntity.status(HttpStatus.METHOD_NOT_ALLOWED)
                .headers(e.getHeaders())
                .body(Map.of("detail", "Method \"" + e.getMethod() + "\" not allowed."));
    }

    @ExceptionHandler
    ResponseEntity<Object> wrongType(HttpMediaTypeNotSupportedException e) {
        return detail(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "Unsupported media type in request.");
    }

    @ExceptionHandler
    ResponseEntity<Object> denied(AccessDeniedException e) {
        return detail(HttpStatus.FORBIDDEN, "You do not have permission to perform this action.");
    }

    @ExceptionHandler
    ResponseEntity<Object> throttled(ThrottledException e) {
        return ResponseEntity.status(HttpStatus.TOO_MANY_REQUESTS)
                .header(HttpHeaders.RETRY_AFTER, Long.toString(e.seconds()))
                .body(Map.of("detail", e.getMessage()));
    }

    /** A defect of ours: the log has the cause, the caller does not. */
    @ExceptionHandler
    ResponseEntity<Object> unexpected(Exception e) {
        LOG.error("A call failed", e);
        return detail(HttpStatus.INTERNAL_SERVER_ERROR, "The service failed; its log says why.");
    }

    private static ResponseEntity<Object> detail(HttpStatus status, String text) {
        return ResponseEntity.status(status).body(Map.of("detail", text));
    }
}
