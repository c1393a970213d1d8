package dev.carillon.events.keys;

import java.util.List;
import java.util.Map;

/** A content library: {@code lib:org:slug}. Legacy libraries are {@link LibraryLocator}. */
public final class LibraryLocatorV2 extends AbstractKey implements LearningContextKey {

    static final String PREFIX = "lib:";

    private static final List<String> FIELDS = List.of("org", "slug");

    private final String org;
    private final String slug;

    private LibraryLocatorV2(String org, String slug) {
        super(PREFIX + org + ":" + slug);
        this.org = org;
        this.slug = slug;
    }

    /** The library that a key names, which may be the key of something in that library. */
    static LibraryLocatorV2 named(KeyInput in, String org, String slug) {
        in.requireLine("the organization", org, CharSet.ASCII_NAME);
        in.requireLine("the library", slug, CharSet.NAME);
        return new LibraryLocatorV2(org, slug);
    }

    /**
     * Reads {@code lib:org:slug}. As in Python, each part may end in one newline.
     *
     * @throws InvalidKeyException if the text is no key of a content library
     */
    public static LibraryLocatorV2 parse(String text) {
        KeyInput in = new KeyInput(text, KeyKind.LIBRARY);
        List<String> fields = in.split(PREFIX, ':', FIELDS);
        return named(in, fields.get(0), fields.get(1));
    }

    /**
     * The key {@code lib:org:slug}.
     *
     * @throws InvalidKeyException if a part is empty or contains a character that keys do not allow
     */
    public static LibraryLocatorV2 of(String org, String slug) {
        return named(new KeyInput(PREFIX + org + ":" + slug, KeyKind.LIBRARY), org, slug);
    }

    /** The organization: ASCII letters, digits, underscores, hyphens and dots. */
    public String org() {
        return org;
    }

    /** The library's name within its organization. */
    public String slug() {
        return slug;
    }

    @Override
    public String typeName() {
        return "LibraryLocatorV2";
    }

    @Override
    public boolean deprecated() {
        return false;
    }

    @Override
    public Map<String, Object> parts() {
        return new Parts().put("org", org).put("slug", slug).of(this);
    }
}
