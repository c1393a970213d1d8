package dev.carillon.credentials.rest;

import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** What callers need before they have a token. */
@RestController
class HealthController {

    private static final Logger LOG = LoggerFactory.getLogger(HealthController.class);

    private final JdbcClient database;

    HealthController(JdbcClient database) {
        this.database = database;
    }

    /** Whether the service can reach its database. */
    @GetMapping("/health")
    ResponseEntity<Object> health() {
        String status = isReachable() ? "OK" : "UNAVAILABLE";
        return ResponseEntity.status(status.equals("OK") ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .body(new Health(status, Map.of("database_status", status)));
    }

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    private record Health(String overallStatus, Map<String, String> detailedStatus) {}

    private boolean isReachable() {
        try {
            database.sql("SELECT 1").query(Integer.class).single();
            return true;
        } catch (DataAccessException e) {
            LOG.warn("The database cannot be reached: {}", e.getMessage());
            return false;
        }
    }

    /** The token that front ends send in {@code X-CSRFToken} with calls that change something. */
    @GetMapping("/csrf/api/v1/token")
    Map<String, String> csrfToken(CsrfToken token) {
        return Map.of("csrfToken", token.getToken());
    }
}
