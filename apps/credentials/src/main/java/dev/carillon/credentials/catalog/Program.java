package dev.carillon.credentials.catalog;

import java.util.UUID;

/**
 * A series of courses that earns a credential of its own.
 *
 * @param id the number of the row
 * @param typeSlug the type in URLs and events, such as {@code micromasters}
 * @param status {@code active}, {@code retired}, {@code deleted} or {@code unpublished}
 */
public record Program(long id, UUID uuid, String title, String typeSlug, String status) {}
