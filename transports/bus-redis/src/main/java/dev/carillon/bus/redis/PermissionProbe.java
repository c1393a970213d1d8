package dev.carillon.bus.redis;

import static dev.carillon.bus.redis.RedisCommand.nested;

import dev.carillon.bus.transport.Diagnostic;
import dev.carillon.bus.transport.TransportAdmin.CheckSpec;
import dev.carillon.bus.transport.TransportException;
import io.lettuce.core.protocol.CommandType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Determines which commands the user may run on a topic, without changing anything: sends commands that Redis rejects for another
 * reason if the user has the permission. {@code ACL DRYRUN} would be simpler, but only administrators may use it.
 */
final class PermissionProbe {

    private static final List<String> TOPIC_ERRORS = List.of("WRONGTYPE", "MOVED", "READONLY");

    /** A group that does not exist, so that nothing is read or acknowledged. */
    private final String group = "carillon-probe-" + UUID.randomUUID();

    private final RedisCommandExecutor redis;

    PermissionProbe(RedisCommandExecutor redis) {
        this.redis = redis;
    }

    Diagnostic check(String topic, CheckSpec spec) {
        List<String> missingToPublish;
        List<String> missingToConsume;
        try {
            missingToPublish = missing(topic, publishing(topic, spec));
            missingToConsume = missing(topic, consuming(topic, spec));
        } catch (TransportException e) {
            return Diagnostic.failed(
                    "permissions",
                    String.valueOf(e.getMessage()),
                    "correct what Redis rejects about topic " + topic + ", and run the check again");
        }
        if (missingToPublish.isEmpty() && missingToConsume.isEmpty()) {
            return Diagnostic.ok("permissions", "topic " + topic + ": can be published to and consumed");
        }
        String detail = "topic " + topic + ": "
                + (missingToPublish.isEmpty()
                        ? "can be published to, "
                        : "cannot be published to: missing permission for " + String.join(", ", missingToPublish)
                                + "; ")
                + (missingToConsume.isEmpty()
                        ? "can be consumed"
                        : "cannot be consumed: missing permission for " + String.join(", ", missingToConsume));
        String hint = "grant the commands, and the topics as keys, with ACL SETUSER";
        boolean required = spec.own().contains(topic)
                || (spec.published().containsKey(topic) && !missingToPublish.isEmpty())
                || (spec.group().isPresent() && !missingToConsume.isEmpty())
                || (!missingToPublish.isEmpty() && !missingToConsume.isEmpty());
        return required
                ? Diagnostic.failed("permissions", detail, hint)
                : Diagnostic.warning("permissions", detail, hint);
    }

    /** Redis always rejects an entry with the id 0-0, and the number of fields of this HSET. */
    private static Map<String, RedisCommand<List<Object>>> publishing(String topic, CheckSpec spec) {
        Map<String, RedisCommand<List<Object>>> commands = new LinkedHashMap<>();
        commands.put("xadd", nested(CommandType.XADD, topic, "0-0", "field", "value"));
        if (!Collections.disjoint(spec.published().getOrDefault(topic, Set.of()), spec.ownEvents())) {
            String schemas = WriterSchemas.key(topic);
            commands.put("hset on " + schemas, nested(CommandType.HSET, schemas, "probe", "1", "probe"));
        }
        return commands;
    }

    private Map<String, RedisCommand<List<Object>>> consuming(String topic, CheckSpec spec) {
        Map<String, RedisCommand<List<Object>>> commands = new LinkedHashMap<>();
        commands.put("xgroup", nested(CommandType.XGROUP, "CREATE", topic, group, "no id"));
        commands.put("xreadgroup", nested(CommandType.XREADGROUP, "GROUP", group, "probe", "STREAMS", topic, ">"));
        commands.put("xack", nested(CommandType.XACK, topic, group, "0-1"));
        commands.put("xpending", nested(CommandType.XPENDING, topic, group));
        commands.put("xclaim", nested(CommandType.XCLAIM, topic, group, "probe", "0", "0-1"));
        commands.put("xrange", nested(CommandType.XRANGE, topic, "0-1", "0-1"));
        commands.put("xinfo", nested(CommandType.XINFO, "GROUPS", topic));
        commands.put("eval", nested(CommandType.EVAL, "return 1", "1", topic));
        if (!spec.own().contains(topic)) {
            if (!spec.ownEvents().isEmpty()) {
                String schemas = WriterSchemas.key(topic);
                commands.put("hget on " + schemas, nested(CommandType.HGET, schemas, "probe"));
            }
            addLeaseCommands(topic, spec.group().orElse(group), commands);
        } else {
            commands.put("xdel", nested(CommandType.XDEL, topic, "0-1"));
        }
        return commands;
    }

    /** The commands for the lease of a consumer. Redis rejects the expiry of SET and the number of fields of HSET. */
    private static void addLeaseCommands(String topic, String group, Map<String, RedisCommand<List<Object>>> commands) {
        String lease = LeaseCommands.leaseKey(topic, group);
        String state = LeaseCommands.stateKey(topic, group);
        commands.put("get on " + lease, nested(CommandType.GET, lease));
        commands.put("set on " + lease, nested(CommandType.SET, lease, "probe", "PX", "-1"));
        commands.put("hget on " + state, nested(CommandType.HGET, state, "probe"));
        commands.put("hset on " + state, nested(CommandType.HSET, state, "probe", "1", "probe"));
        commands.put("hgetall on " + state, nested(CommandType.HGETALL, state));
    }

    /** The names of the commands without permission. Throws other errors that prevent the use of the topic. */
    private List<String> missing(String topic, Map<String, RedisCommand<List<Object>>> commands) {
        List<String> missing = new ArrayList<>();
        commands.forEach((name, command) -> {
            try {
                redis.execute("check the permissions on topic " + topic, command);
            } catch (TransportException e) {
                String error = RedisExceptionTranslator.serverError(e);
                if (RedisExceptionTranslator.isPermissionError(error)) {
                    missing.add(name);
                } else if (error.isEmpty() || TOPIC_ERRORS.stream().anyMatch(error::startsWith)) {
                    throw e;
                }
            }
        });
        return missing;
    }
}
