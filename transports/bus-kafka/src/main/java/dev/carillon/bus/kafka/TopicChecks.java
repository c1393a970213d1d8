package dev.carillon.bus.kafka;

import dev.carillon.bus.transport.Diagnostic;
import dev.carillon.bus.transport.TransportAdmin.CheckSpec;
import dev.carillon.bus.transport.TransportException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What this user may do with topics and with a group, and whether the topics are well. */
final class TopicChecks {

    private static final String PERMISSIONS = "permissions";

    private final AdminLink link;
    private final CheckSpec spec;

    TopicChecks(AdminLink link, CheckSpec spec) {
        this.link = link;
        this.spec = spec;
    }

    void check(List<String> topics, List<Diagnostic> checks) {
        int described = 0;
        List<Diagnostic> replicas = new ArrayList<>();
        for (String topic : topics) {
            try {
                TopicDescription description = new TopicOffsets(link).describe(topic);
                checks.add(permissions(topic, description.authorizedOperations()));
                replicas(topic, description.partitions()).ifPresent(replicas::add);
                described++;
            } catch (TransportException e) {
                checks.add(undescribed(topic, e));
            }
        }
        if (described > 0 && replicas.isEmpty()) {
            replicas.add(
                    Diagnostic.ok("replicas", "all partitions have a leader, and all their replicas are up to date"));
        }
        checks.addAll(replicas);
        if (topics.isEmpty()) {
            checks.add(Diagnostic.warning(PERMISSIONS, "there is no topic to look at; name one"));
        }
        spec.group().ifPresent(group -> checks.add(group(group)));
    }

    private Diagnostic undescribed(String topic, TransportException failure) {
        if (failure.getCause() instanceof UnknownTopicOrPartitionException) {
            return spec.own().contains(topic)
                    ? Diagnostic.ok(
                            "topics",
                            "topic " + topic
                                    + " does not exist yet: the group makes it when it needs it, for which it needs"
                                    + " Create")
                    : Diagnostic.warning(
                            "topics",
                            "topic " + topic
                                    + " does not exist; make it, or let the broker make it when it is first published to"
                                    + " (auto.create.topics.enable)");
        }
        return failure.getCause() instanceof AuthorizationException
                ? Diagnostic.failed(
                        PERMISSIONS,
                        "topic " + topic + ": may not even be described; grant Describe, with Write to"
                                + " publish and Read to consume")
                : Diagnostic.failed("topics", String.valueOf(failure.getMessage()));
    }

    private Diagnostic permissions(String topic, Set<AclOperation> granted) {
        boolean publishes = granted.contains(AclOperation.WRITE);
        boolean consumes = granted.contains(AclOperation.READ);
        if (publishes && consumes) {
            return Diagnostic.ok(PERMISSIONS, "topic " + topic + ": may be published to and consumed");
        }
        String finding = "topic " + topic + ": "
                + (publishes ? "may be published to, " : "may not be published to, for want of Write, ")
                + (consumes ? "and may be consumed" : "and may not be consumed, for want of Read")
                + " (an ACL grants it)";
        boolean needed = spec.own().contains(topic)
                || (spec.published().containsKey(topic) && !publishes)
                || (spec.group().isPresent() && !consumes)
                || (!publishes && !consumes);
        return needed ? Diagnostic.failed(PERMISSIONS, finding) : Diagnostic.warning(PERMISSIONS, finding);
    }

    private static Optional<Diagnostic> replicas(String topic, List<TopicPartitionInfo> partitions) {
        List<Integer> without = numbers(partitions, partition -> partition.leader() == null);
        List<Integer> behind = numbers(
                partitions,
                partition -> partition.isr().size() < partition.replicas().size());
        if (!without.isEmpty()) {
            return Optional.of(Diagnostic.failed(
                    "replicas",
                    "topic " + topic + ": nobody leads partitions " + without
                            + ", which can be neither read nor written;" + " start the brokers that have them"));
        }
        if (!behind.isEmpty()) {
            return Optional.of(Diagnostic.warning(
                    "replicas",
                    "topic " + topic + ": not all replicas of partitions " + behind + " are up to date; look at the"
                            + " brokers that have them"));
        }
        return partitions.stream().anyMatch(partition -> partition.replicas().size() == 1)
                ? Optional.of(Diagnostic.warning(
                        "replicas",
                        "topic " + topic
                                + " is on one broker only (replication factor 1): with its disk, events are lost"))
                : Optional.empty();
    }

    private static List<Integer> numbers(
            List<TopicPartitionInfo> partitions, java.util.function.Predicate<TopicPartitionInfo> chosen) {
        return partitions.stream()
                .filter(chosen)
                .map(TopicPartitionInfo::partition)
                .toList();
    }

    private Diagnostic group(String group) {
        try {
            Set<AclOperation> granted = link.ask(
                            "describe group " + group,
                            admin -> Objects.requireNonNull(admin.describeConsumerGroups(
                                            List.of(group),
                                            new DescribeConsumerGroupsOptions().includeAuthorizedOperations(true))
                                    .describedGroups()
                                    .get(group)))
                    .authorizedOperations();
            return granted.contains(AclOperation.READ)
                    ? Diagnostic.ok(PERMISSIONS, "group " + group + ": may be joined")
                    : Diagnostic.failed(
                            PERMISSIONS, "group " + group + ": may not be joined, for want of Read (an ACL grants it)");
        } catch (TransportException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return Diagnostic.ok(
                        PERMISSIONS,
                        "group " + group + " does not exist yet: whether it may be joined (Read) shows when it is");
            }
            return e.getCause() instanceof AuthorizationException
                    ? Diagnostic.failed(PERMISSIONS, "group " + group + ": may not even be described; grant Read")
                    : Diagnostic.failed(PERMISSIONS, String.valueOf(e.getMessage()));
        }
    }
}
