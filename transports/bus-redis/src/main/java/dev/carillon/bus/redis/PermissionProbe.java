package dev.carillon.bus.redis;

import dev.carillon.bus.transport.Diagnostic;
import dev.carillon.bus.transport.TransportAdmin.CheckSpec;
import dev.carillon.bus.transport.TransportException;
import io.lettuce.core.protocol.CommandType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Tries what this user may do with a topic, with commands that Redis refuses to carry out for another reason when it lets them
 * through: {@code ACL DRYRUN} is for administrators only. Nothing is left behind.
 */
final class PermissionProbe {

    private static final List<String> UNUSABLE = List.of("WRONGTYPE", "MOVED", "READONLY");

    /** Of none, so that nothing is read for one. */
    private final String group = "carillon-probe-" + UUID.randomUUID();

    private final RedisLink link;

    PermissionProbe(RedisLink link) {
        this.link = link;
    }

    Diagnostic on(String topic, CheckSpec spec) {
        List<String> publishing;
        List<String> consuming;
        try {
            publishing = missing(topic, Map.of("xadd", xadd(topic)));
            consuming = missing(topic, consuming(topic, spec));
        } catch (TransportException e) {
            return Diagnostic.failed("permissions", String.valueOf(e.getMessage()));
        }
        if (publishing.isEmpty() && consuming.isEmpty()) {
            return Diagnostic.ok("permissions", "topic " + topic + ": may be published to and consumed");
        }
        String finding = "topic " + topic + ": "
                + (publishing.isEmpty() ? "may be published to, " : "may not be published to, for want of xadd, ")
                + (consuming.isEmpty()
                        ? "and may be consumed"
                        : "and may not be consumed, for want of " + String.join(", ", consuming))
                + " (ACL SETUSER grants commands, and topics as keys)";
        boolean needed = spec.own().contains(topic)
                || (spec.published().containsKey(topic) && !publishing.isEmpty())
                || (spec.group().isPresent() && !consuming.isEmpty())
                || (!publishing.isEmpty() && !consuming.isEmpty());
        return needed ? Diagnostic.failed("permissions", finding) : Diagnostic.warning("permissions", finding);
    }

    /** An entry of the id 0-0 is refused always. */
    private static Reply<List<Object>> xadd(String topic) {
        return AdminCommands.tried(CommandType.XADD, topic, "0-0", "field", "value");
    }

    private Map<String, Reply<List<Object>>> consuming(String topic, CheckSpec spec) {
        Map<String, Reply<List<Object>>> commands = new LinkedHashMap<>();
        commands.put("xgroup", AdminCommands.tried(CommandType.XGROUP, "CREATE", topic, group, "no id"));
        commands.put(
                "xreadgroup",
                AdminCommands.tried(CommandType.XREADGROUP, "GROUP", group, "probe", "STREAMS", topic, ">"));
        commands.put("xack", AdminCommands.tried(CommandType.XACK, topic, group, "0-1"));
        commands.put("xpending", AdminCommands.tried(CommandType.XPENDING, topic, group));
        commands.put("xclaim", AdminCommands.tried(CommandType.XCLAIM, topic, group, "probe", "0", "0-1"));
        commands.put("xrange", AdminCommands.tried(CommandType.XRANGE, topic, "0-1", "0-1"));
        commands.put("xinfo", AdminCommands.tried(CommandType.XINFO, "GROUPS", topic));
        commands.put("eval", AdminCommands.tried(CommandType.EVAL, "return 1", "1", topic));
        if (!spec.own().contains(topic)) {
            lease(topic, spec.group().orElse(group), commands);
        } else {
            commands.put("xdel", AdminCommands.tried(CommandType.XDEL, topic, "0-1"));
        }
        return commands;
    }

    /** What a consumer does with its lease; the expiry and the number of fields cannot be right. */
    private static void lease(String topic, String group, Map<String, Reply<List<Object>>> commands) {
        String lease = LeaseCommands.leaseKey(topic, group);
        String state = LeaseCommands.stateKey(topic, group);
        commands.put("get on " + lease, AdminCommands.tried(CommandType.GET, lease));
        commands.put("set on " + lease, AdminCommands.tried(CommandType.SET, lease, "probe", "PX", "-1"));
        commands.put("hget on " + state, AdminCommands.tried(CommandType.HGET, state, "probe"));
        commands.put("hset on " + state, AdminCommands.tried(CommandType.HSET, state, "probe", "1", "probe"));
        commands.put("hgetall on " + state, AdminCommands.tried(CommandType.HGETALL, state));
    }

    /** The names of the commands that are not permitted; throws what else makes the topic of no use. */
    private List<String> missing(String topic, Map<String, Reply<List<Object>>> commands) {
        List<String> missing = new ArrayList<>();
        commands.forEach((name, command) -> {
            try {
                link.ask("let us try what may be done with topic " + topic, command);
            } catch (TransportException e) {
                String answer = RedisFailure.answered(e);
                if (RedisFailure.isNotPermitted(answer)) {
                    missing.add(name);
                } else if (answer.isEmpty() || UNUSABLE.stream().anyMatch(answer::startsWith)) {
                    throw e;
                }
            }
        });
        return missing;
    }
}
