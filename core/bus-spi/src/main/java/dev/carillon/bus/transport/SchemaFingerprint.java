package dev.carillon.bus.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The fingerprint of a schema. A broker without a schema registry keeps the schemas of users' own events under it, and a header of
 * each message contains it. Python services ignore this header.
 */
public final class SchemaFingerprint {

    /** The header of a message that contains the fingerprint of its schema. */
    public static final String HEADER = "schemafingerprint";

    /** 128 bits: nobody can make another text with the same fingerprint. */
    private static final int BYTES = 16;

    private SchemaFingerprint() {}

    /** Returns the first 128 bits of the SHA-256 of a schema's text, in 32 hexadecimal digits. */
    public static String of(String schemaText) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(schemaText.getBytes(UTF_8));
            return HexFormat.of().formatHex(hash, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Each Java has SHA-256", e);
        }
    }

    /** Whether a text has the form of a fingerprint. */
    public static boolean isFingerprint(String text) {
        return text.length() == 2 * BYTES
                && text.chars().allMatch(each -> Character.digit(each, 16) >= 0 && each < 'g');
    }
}
