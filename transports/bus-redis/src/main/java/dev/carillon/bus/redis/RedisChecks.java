package dev.carillon.bus.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.carillon.bus.transport.Diagnostic;
import dev.carillon.bus.transport.DiagnosticChecks;
import dev.carillon.bus.transport.GroupState;
import dev.carillon.bus.transport.TransportAdmin.CheckSpec;
import dev.carillon.bus.transport.TransportException;
import io.lettuce.core.protocol.CommandType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks whether Redis has everything that producers and consumers need. */
final class RedisChecks {

    private final RedisCommandExecutor redis;
    private final long maxLen;
    private final RedisAdmin admin;

    RedisChecks(RedisCommandExecutor redis, long maxLen, RedisAdmin admin) {
        this.redis = redis;
        this.maxLen = maxLen;
        this.admin = admin;
    }

    List<Diagnostic> check(CheckSpec spec) {
        List<Diagnostic> diagnostics = new ArrayList<>();
        try {
            Map<String, String> server = info("server");
            diagnostics.add(Diagnostic.ok(
                    "connection",
                    "Redis " + server.getOrDefault("redis_version", "(version unknown)") + " is available"));
        } catch (TransportException e) {
            diagnostics.add(Diagnostic.failed(
                    "connection",
                    String.valueOf(e.getMessage()),
                    "check that Redis is running, and " + RedisTransportProvider.URL));
            return diagnostics;
        }
        List<String> topics = DiagnosticChecks.topics(spec, admin, diagnostics);
        PermissionProbe permissions = new PermissionProbe(redis);
        topics.forEach(topic -> diagnostics.add(permissions.check(topic, spec)));
        if (topics.isEmpty()) {
            diagnostics.add(Diagnostic.warning(
                    "permissions", "cannot be checked: there is no topic yet", "name a topic to check"));
        }
        DiagnosticChecks.guarded("memory", diagnostics, () -> memory(diagnostics));
        DiagnosticChecks.guarded("trimming", diagnostics, () -> trimming(topics, diagnostics));
        DiagnosticChecks.guarded("members", diagnostics, () -> members(topics, diagnostics));
        return diagnostics;
    }

    private void memory(List<Diagnostic> diagnostics) {
        Map<String, String> memory = info("memory");
        if (memory.isEmpty()) {
            diagnostics.add(Diagnostic.warning(
                    "memory",
                    "cannot be checked: missing permission for info",
                    "grant info, or ignore this: no service needs it"));
            return;
        }
        int before = diagnostics.size();
        if (memory.getOrDefault("maxmemory_policy", "").startsWith("allkeys")
                && !memory.getOrDefault("maxmemory", "0").equals("0")) {
            diagnostics.add(Diagnostic.warning(
                    "memory",
                    "Redis evicts whole topics when its memory is full (maxmemory-policy "
                            + memory.get("maxmemory_policy") + ")",
                    "set maxmemory-policy to noeviction"));
        }
        if (info("persistence").getOrDefault("aof_enabled", "1").equals("0")) {
            diagnostics.add(Diagnostic.warning(
                    "memory",
                    "Redis writes no append-only file: a crash resets events and groups to its last snapshot, if there"
                            + " is one",
                    "set appendonly to yes"));
        }
        if (diagnostics.size() == before) {
            diagnostics.add(Diagnostic.ok(
                    "memory", "Redis does not evict topics when its memory is full, and writes an append-only file"));
        }
    }

    /** The fields of a section of {@code INFO}; empty if the user may not read it. */
    private Map<String, String> info(String section) {
        Map<String, String> fields = new HashMap<>();
        try {
            byte[] reply = redis.execute(
                    "read server information",
                    RedisCommand.value(CommandType.INFO, RedisCommand.args().add(section)));
            new String(reply, UTF_8).lines().forEach(line -> {
                int colon = line.indexOf(':');
                if (colon > 0) {
                    fields.put(line.substring(0, colon), line.substring(colon + 1));
                }
            });
        } catch (TransportException e) {
            if (!RedisExceptionTranslator.serverError(e).startsWith("NOPERM")) {
                throw e;
            }
        }
        return fields;
    }

    /** Warns about members that do not use leases in a group whose other members do: they read concurrently. */
    private void members(List<String> topics, List<Diagnostic> diagnostics) {
        boolean mixed = false;
        for (String topic : topics) {
            GroupInspector groups = GroupInspector.inspect(redis, topic);
            for (String group : groups == null ? List.<String>of() : groups.groups()) {
                Map<String, Object> state = RedisCommand.fields(
                        redis.execute("load the state of group " + group, LeaseCommands.state(topic, group)));
                if (groups != null && !state.isEmpty()) {
                    LeaseAwareMembers leaseAware = new LeaseAwareMembers("");
                    leaseAware.addFrom(state.keySet());
                    Set<String> others = leaseAware.leaseUnaware(groups.live(group));
                    mixed |= !others.isEmpty();
                    if (!others.isEmpty()) {
                        diagnostics.add(Diagnostic.warning(
                                "members",
                                "group " + group + " of topic " + topic + " has members that do not use leases ("
                                        + String.join(", ", others)
                                        + "), and one that does; events of one key are in order only within each member",
                                "stop the members of one kind"));
                    }
                }
            }
        }
        if (!mixed) {
            diagnostics.add(Diagnostic.ok("members", "no group mixes members that use leases with others"));
        }
    }

    private void trimming(List<String> topics, List<Diagnostic> diagnostics) {
        if (maxLen == 0) {
            diagnostics.add(Diagnostic.ok(
                    "trimming", "this service does not trim topics (" + RedisTransportProvider.MAX_LEN + " is 0)"));
            return;
        }
        long maxLag = 0;
        boolean atRisk = false;
        for (GroupState group : admin.groups(topics)) {
            long lag = group.lag().orElse(group.length()) + group.pending().orElse(0);
            maxLag = Math.max(maxLag, lag);
            String detail = "group " + group.group() + " is " + lag + " events behind in topic " + group.topic()
                    + ", which keeps about " + maxLen + " and contains " + group.length();
            String hint = "increase the consumer's concurrency, or " + RedisTransportProvider.MAX_LEN
                    + " at all producers of the topic";
            if (lag >= maxLen) {
                atRisk = true;
                diagnostics.add(Diagnostic.failed("trimming", detail + ": unread events are being trimmed", hint));
            } else if (2 * lag >= maxLen) {
                atRisk = true;
                diagnostics.add(Diagnostic.warning("trimming", detail + ": unread events will soon be trimmed", hint));
            }
        }
        if (!atRisk) {
            diagnostics.add(Diagnostic.ok(
                    "trimming",
                    "topics keep about " + maxLen + " events, and no group is "
                            + (maxLag == 0 ? "behind" : "more than " + maxLag + " behind")));
        }
    }
}
