package dev.carillon.credentials.security;

import org.springframework.security.access.AccessDeniedException;

/**
 * Who calls the REST API.
 *
 * @param username the LMS's username
 * @param staff whether the caller may do everything that the API has
 */
public record Caller(String username, boolean staff) {

    /**
     * Refuses everybody else.
     *
     * @throws AccessDeniedException unless the caller is staff
     */
    public void requireStaff() {
        require(staff);
    }

    /**
     * Refuses everybody else.
     *
     * @throws AccessDeniedException unless the caller is staff or has this username, in upper or lower case
     */
    public void requireStaffOr(String allowed) {
        require(staff || username.equalsIgnoreCase(allowed));
    }

    private static void require(boolean allowed) {
        if (!allowed) {
            throw new AccessDeniedException("not allowed");
        }
    }
}
