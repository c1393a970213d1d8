package dev.carillon.credentials.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/**
 * A page of a list.
 *
 * @param count of all pages
 * @param next the address of the next page; null on the last
 * @param previous the address of the page before; null on the first
 */
@JsonInclude
record Page<T>(long count, @Nullable String next, @Nullable String previous, List<T> results) {

    static final int SIZE = 20;

    /**
     * The number of the page that a request names, from 1.
     *
     * @throws NotFoundException if it is no number
     */
    static int number(@Nullable String parameter) {
        if (parameter == null) {
            return 1;
        }
        try {
            int number = Integer.parseInt(parameter);
            if (number >= 1) {
                return number;
            }
        } catch (NumberFormatException e) {
            // reported below
        }
        throw new NotFoundException("Invalid page.");
    }

    /**
     * The page of the request.
     *
     * @throws NotFoundException if there is no such page
     */
    static <T> Page<T> of(HttpServletRequest request, int number, long count, List<T> results) {
        if (number > 1 && results.isEmpty()) {
            throw new NotFoundException("Invalid page.");
        }
        return new Page<>(
                count,
                (long) number * SIZE < count ? address(request, number + 1) : null,
                number > 1 ? address(request, number - 1) : null,
                results);
    }

    private static String address(HttpServletRequest request, int number) {
        ServletUriComponentsBuilder address = ServletUriComponentsBuilder.fromRequest(request);
        address.replacePath(request.getRequestURI() + "/");
        return number == 1
                ? address.replaceQueryParam("page").toUriString()
                : address.replaceQueryParam("page", number).toUriString();
    }
}
