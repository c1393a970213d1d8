package dev.carillon.credentials.rest;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Accepts paths with and without a slash at the end, and with doubled slashes: the LMS appends to a base address that may end in one.
 * Behind this filter, paths have neither.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class LenientPaths extends OncePerRequestFilter {

    private static final Pattern SLASHES = Pattern.compile("/{2,}");

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String path = request.getRequestURI();
        String plain = plain(path);
        chain.doFilter(plain.equals(path) ? request : new WithPath(request, plain), response);
    }

    private static String plain(String path) {
        String single = SLASHES.matcher(path).replaceAll("/");
        return single.length() > 1 && single.endsWith("/") ? single.substring(0, single.length() - 1) : single;
    }

    private static final class WithPath extends HttpServletRequestWrapper {

        private final String path;

        WithPath(HttpServletRequest request, String path) {
            super(request);
            this.path = path;
        }

        @Override
        public String getRequestURI() {
            return path;
        }

        @Override
        public String getServletPath() {
            return plain(super.getServletPath());
        }

        @Override
        public StringBuffer getRequestURL() {
            StringBuffer url = super.getRequestURL();
            return url.replace(url.indexOf("/", url.indexOf("://") + 3), url.length(), path);
        }
    }
}
