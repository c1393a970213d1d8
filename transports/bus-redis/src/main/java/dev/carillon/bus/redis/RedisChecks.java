package dev.carillon.bus.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.carillon.bus.transport.Diagnostic;
import dev.carillon.bus.transport.GroupState;
import dev.carillon.bus.transport.TransportAdmin.CheckSpec;
import dev.carillon.bus.transport.TransportAdmin.Checks;
import dev.carillon.bus.transport.TransportException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether Redis has everything that producers and consumers need. */
final class RedisChecks {

    private final RedisLink link;
    private final long maxLen;
    private final RedisAdmin admin;

    RedisChecks(RedisLink link, long maxLen, RedisAdmin admin) {
        this.link = link;
        this.maxLen = maxLen;
        this.admin = admin;
    }

    List<Diagnostic> check(CheckSpec spec) {
        List<Diagnostic> checks = new ArrayList<>();
        try {
            Map<String, String> server = info("server");
            checks.add(Diagnostic.ok(
                    "connection",
                    "Redis " + server.getOrDefault("redis_version", "(it does not say which)") + " answers"));
        } catch (TransportException e) {
            checks.add(Diagnostic.failed("connection", String.valueOf(e.getMessage())));
            return checks;
        }
        List<String> topics = Checks.topics(spec, admin, checks);
        PermissionProbe probe = new PermissionProbe(link);
        topics.forEach(topic -> checks.add(probe.on(topic, spec)));
        if (topics.isEmpty()) {
            checks.add(Diagnostic.warning("permissions", "there is no topic to try them on; name one"));
        }
        Checks.guarded("memory", checks, () -> memory(checks));
        Checks.guarded("trimming", checks, () -> trimming(topics, checks));
        Checks.guarded("members", checks, () -> members(topics, checks));
        return checks;
    }

    private void memory(List<Diagnostic> checks) {
        Map<String, String> memory = info("memory");
        if (memory.isEmpty()) {
            checks.add(Diagnostic.warning("memory", "cannot be told, for want of info (no service needs it)"));
            return;
        }
        int before = checks.size();
        if (memory.getOrDefault("maxmemory_policy", "").startsWith("allkeys")
                && !memory.getOrDefault("maxmemory", "0").equals("0")) {
            checks.add(Diagnostic.warning(
                    "memory",
                    "when memory is full Redis drops whole topics (maxmemory-policy " + memory.get("maxmemory_policy")
                            + "); set it to noeviction"));
        }
        if (info("persistence").getOrDefault("aof_enabled", "1").equals("0")) {
            checks.add(Diagnostic.warning(
                    "memory",
                    "Redis writes no append-only file: when it ends badly, events and groups are set back to its last"
                            + " snapshot, if there is one; set appendonly yes"));
        }
        if (checks.size() == before) {
            checks.add(Diagnostic.ok(
                    "memory", "Redis drops no topics when its memory is full, and writes an append-only file"));
        }
    }

    /** Empty where Redis does not let this user ask. */
    private Map<String, String> info(String section) {
        Map<String, String> fields = new HashMap<>();
        try {
            byte[] answer = link.ask("tell about itself", AdminCommands.info(section));
            new String(answer, UTF_8).lines().forEach(line -> {
                int colon = line.indexOf(':');
                if (colon > 0) {
                    fields.put(line.substring(0, colon), line.substring(colon + 1));
                }
            });
        } catch (TransportException e) {
            if (!RedisFailure.answered(e).startsWith("NOPERM")) {
                throw e;
            }
        }
        return fields;
    }

    /** A member that takes no lease reads beside the one that has it. */
    private void members(List<String> topics, List<Diagnostic> checks) {
        boolean mixed = false;
        for (String topic : topics) {
            GroupLook look = GroupLook.at(link, topic);
            for (String group : look == null ? List.<String>of() : look.groups()) {
                Map<String, Object> state = GroupView.fields(
                        link.ask("tell the state of group " + group, LeaseCommands.state(topic, group)));
                if (look != null && !state.isEmpty()) {
                    Members known = new Members("");
                    known.learn(state.keySet());
                    Set<String> strangers = known.strangers(look.alive(group));
                    mixed |= !strangers.isEmpty();
                    if (!strangers.isEmpty()) {
                        checks.add(Diagnostic.warning(
                                "members",
                                "group " + group + " of topic " + topic
                                        + " is read by members that take no lease, beside one that does: "
                                        + String.join(", ", strangers)
                                        + "; events of one key are in order within each member only. Stop them, or those"
                                        + " that take a lease"));
                    }
                }
            }
        }
        if (!mixed) {
            checks.add(Diagnostic.ok("members", "no group has members that read beside the one with its lease"));
        }
    }

    private void trimming(List<String> topics, List<Diagnostic> checks) {
        if (maxLen == 0) {
            checks.add(Diagnostic.ok(
                    "trimming",
                    "topics are not trimmed by this service (" + RedisTransportProvider.MAX_LEN + " is 0)"));
            return;
        }
        long slowest = 0;
        boolean risk = false;
        for (GroupState group : admin.groups(topics)) {
            long behind = group.lag().orElse(group.length()) + group.pending().orElse(0);
            slowest = Math.max(slowest, behind);
            String standing = "group " + group.group() + " is " + behind + " events behind in topic " + group.topic()
                    + ", which keeps about " + maxLen + " and holds " + group.length();
            String wayOut = "; give the consumer more lanes, or raise " + RedisTransportProvider.MAX_LEN
                    + " at all producers of the topic";
            if (behind >= maxLen) {
                risk = true;
                checks.add(Diagnostic.failed("trimming", standing + ": events leave it unread" + wayOut));
            } else if (2 * behind >= maxLen) {
                risk = true;
                checks.add(Diagnostic.warning("trimming", standing + ": soon events leave it unread" + wayOut));
            }
        }
        if (!risk) {
            checks.add(Diagnostic.ok(
                    "trimming",
                    "topics keep about " + maxLen + " events, and no group is more than " + slowest + " behind"));
        }
    }
}
