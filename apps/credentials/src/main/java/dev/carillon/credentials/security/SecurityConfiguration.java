package dev.carillon.credentials.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;

/** Which requests need a token, and how requests without a valid one are refused. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(SecurityConfiguration.class);

    private static final Set<String> SAFE_METHODS =
            Set.of(HttpMethod.GET.name(), HttpMethod.HEAD.name(), HttpMethod.OPTIONS.name(), HttpMethod.TRACE.name());

    @Bean
    SecurityFilterChain restSecurity(HttpSecurity http, Environment environment, Clock clock) {
        JwtSettings settings = JwtSettings.read(environment);
        if (settings.isEmpty()) {
            LOG.warn("JWT_AUTH names no issuer of tokens, so every call of the REST API is refused: set"
                    + " JWT_AUTH.JWT_ISSUERS to a list of {ISSUER, AUDIENCE, SECRET_KEY}");
        }
        String serviceUser = environment.getProperty("CREDENTIALS_SERVICE_USER", "credentials_service_user");
        AuthenticationEntryPoint unauthenticated = (request, response, e) -> refuse(
                response,
                HttpServletResponse.SC_UNAUTHORIZED,
                e instanceof InvalidTokenException invalid
                        ? invalid.reason()
                        : "Authentication credentials were not provided.");
        AccessDeniedHandler denied = (request, response, e) -> refuse(
                response, HttpServletResponse.SC_FORBIDDEN, "You do not have permission to perform this action.");
        return http.authorizeHttpRequests(
                        requests -> requests.requestMatchers("/health", "/csrf/api/v1/token", "/error")
                                .permitAll()
                                .anyRequest()
                                .authenticated())
                .addFilterBefore(
                        new TokenFilter(new TokenVerifier(settings, clock), serviceUser::equals, unauthenticated),
                        AnonymousAuthenticationFilter.class)
                .csrf(csrf -> csrf.csrfTokenRepository(csrfTokens())
                        .csrfTokenRequestHandler(new CsrfTokenRequestAttributeHandler())
                        .requireCsrfProtectionMatcher(SecurityConfiguration::needsCsrfToken))
                .exceptionHandling(refusals ->
                        refusals.authenticationEntryPoint(unauthenticated).accessDeniedHandler(denied))
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(cache -> cache.disable())
                .build();
    }

    /** With the names that the front ends of Open edX use. */
    private static CookieCsrfTokenRepository csrfTokens() {
        CookieCsrfTokenRepository tokens = CookieCsrfTokenRepository.withHttpOnlyFalse();
        tokens.setCookieName("csrftoken");
        tokens.setHeaderName("X-CSRFToken");
        return tokens;
    }

    private static boolean needsCsrfToken(HttpServletRequest request) {
        return !SAFE_METHODS.contains(request.getMethod()) && TokenFilter.usesCookies(request);
    }

    private static void refuse(HttpServletResponse response, int status, String detail) throws IOException {
        response.setStatus(status);
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        if (status == HttpServletResponse.SC_UNAUTHORIZED) {
            response.setHeader("WWW-Authenticate", "JWT realm=\"api\"");
        }
        response.getWriter().write("{\"detail\":\"" + detail + "\"}");
    }

    /** There are no passwords: without this, Spring Boot would make one up. */
    @Bean
    UserDetailsService noUsers() {
        return username -> {
            throw new UsernameNotFoundException("there are no passwords");
        };
    }
}
