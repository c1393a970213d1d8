package dev.carillon.credentials.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Authenticates a request by its token: in the header {@code Authorization}, after {@code JWT} or {@code Bearer}; or in two cookies, if
 * the header {@code USE-JWT-COOKIE} says so.
 */
final class TokenFilter extends OncePerRequestFilter {

    private static final Set<String> SCHEMES = Set.of("jwt", "bearer");
    private static final String PAYLOAD_COOKIE = "edx-jwt-cookie-header-payload";
    private static final String SIGNATURE_COOKIE = "edx-jwt-cookie-signature";

    private final TokenVerifier verifier;
    private final Predicate<String> isServiceUser;
    private final AuthenticationEntryPoint refusal;

    /** The users of other services may do what staff may. */
    TokenFilter(TokenVerifier verifier, Predicate<String> isServiceUser, AuthenticationEntryPoint refusal) {
        this.verifier = verifier;
        this.isServiceUser = isServiceUser;
        this.refusal = refusal;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            String header = fromHeader(request);
            String token = header != null ? header : fromCookies(request);
            if (token != null) {
                authenticate(verifier.verify(token));
            }
        } catch (InvalidTokenException e) {
            refusal.commence(request, response, e);
            return;
        }
        chain.doFilter(request, response);
    }

    private void authenticate(Caller verified) {
        Caller caller = isServiceUser.test(verified.username()) ? new Caller(verified.username(), true) : verified;
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(caller, null, List.of()));
        SecurityContextHolder.setContext(context);
    }

    private static @Nullable String fromHeader(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        int space = header == null ? -1 : header.indexOf(' ');
        return space > 0 && SCHEMES.contains(header.substring(0, space).toLowerCase(Locale.ROOT))
                ? header.substring(space + 1).strip()
                : null;
    }

    /** Whether a request is authenticated by cookies, which browsers send on behalf of other sites, too. */
    static boolean usesCookies(HttpServletRequest request) {
        return fromHeader(request) == null && fromCookies(request) != null;
    }

    private static @Nullable String fromCookies(HttpServletRequest request) {
        if (!"true".equalsIgnoreCase(request.getHeader("USE-JWT-COOKIE"))) {
            return null;
        }
        String payload = cookie(request, PAYLOAD_COOKIE);
        String signature = cookie(request, SIGNATURE_COOKIE);
        return payload == null || signature == null ? null : payload + "." + signature;
    }

    private static @Nullable String cookie(HttpServletRequest request, String name) {
        Cookie[] cookies = request.getCookies();
        if (cookies != null) {
            for (Cookie each : cookies) {
                if (each.getName().equals(name)) {
                    return each.getValue();
                }
            }
        }
        return null;
    }
}
