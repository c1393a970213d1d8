package dev.carillon.cli.demo;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** Stream entries that the Python producer wrote, recorded byte for byte: certificates created, changed and revoked. */
final class RecordedEntries {

    private static final String RESOURCE = "python-certificates.jsonl";

    /** Names and values in turn, as the client takes them. */
    private final List<Object[]> entries = new ArrayList<>();

    private final List<UUID> ids = new ArrayList<>();

    static RecordedEntries load() throws IOException {
        RecordedEntries recorded = new RecordedEntries();
        try (InputStream in = Objects.requireNonNull(RecordedEntries.class.getResourceAsStream(RESOURCE), RESOURCE);
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            JsonFactory json = new JsonFactory();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                recorded.add(json, line);
            }
        }
        return recorded;
    }

    private void add(JsonFactory json, String line) throws IOException {
        List<byte[]> entry = new ArrayList<>();
        try (JsonParser parser = json.createParser(line)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                byte[] value = HexFormat.of().parseHex(parser.nextTextValue());
                entry.add(name.getBytes(StandardCharsets.UTF_8));
                entry.add(value);
                if (name.equals("id")) {
                    ids.add(UUID.fromString(new String(value, StandardCharsets.UTF_8)));
                }
            }
        }
        entries.add(entry.toArray());
    }

    List<UUID> ids() {
        return ids;
    }

    /** Puts them on a stream with a plain client, past everything of ours. */
    void putOn(String redisUrl, String stream) {
        RedisClient client = RedisClient.create(redisUrl);
        try (StatefulRedisConnection<byte[], byte[]> connection = client.connect(ByteArrayCodec.INSTANCE)) {
            byte[] key = stream.getBytes(StandardCharsets.UTF_8);
            entries.forEach(entry -> connection.sync().xadd(key, entry));
        } finally {
            client.shutdown();
        }
    }
}
