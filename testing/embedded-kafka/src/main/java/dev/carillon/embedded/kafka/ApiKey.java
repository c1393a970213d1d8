package dev.carillon.embedded.kafka;

/** Who may connect to a secured broker. */
record ApiKey(String key, String secret) {

    ApiKey {
        if (!key.matches("[A-Za-z0-9_.-]+")) {
            throw new IllegalArgumentException(
                    "An API key must be ASCII letters, digits, '_', '-' and '.', but is '" + key + "'");
        }
        if (secret.isEmpty() || secret.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "The secret of API key '" + key + "' must not be empty and must not have control characters in it");
        }
    }

    /** An option of {@code PlainLoginModule}. */
    String jaasOption(String name) {
        return name + "=\"" + secret.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    /** Hides the secret. */
    @Override
    public String toString() {
        return "ApiKey[" + key + "]";
    }
}
