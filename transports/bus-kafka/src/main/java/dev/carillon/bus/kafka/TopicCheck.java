package dev.carillon.bus.kafka;

import dev.carillon.bus.transport.Diagnostic;
import dev.carillon.bus.transport.TransportAdmin.CheckSpec;
import dev.carillon.bus.transport.TransportException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Checks the permissions of this user for topics and a group, and the replicas of the topics. */
final class TopicCheck {

    private static final String PERMISSIONS = "permissions";

    private final AdminConnection connection;
    private final CheckSpec spec;

    TopicCheck(AdminConnection connection, CheckSpec spec) {
        this.connection = connection;
        this.spec = spec;
    }

    void check(List<String> topics, List<Diagnostic> checks) {
        int described = 0;
        List<Diagnostic> replicas = new ArrayList<>();
        for (String topic : topics) {
            try {
                TopicDescription description = new TopicOffsets(connection).describe(topic);
                checks.add(permissions(topic, description.authorizedOperations()));
                replicas(topic, description.partitions()).ifPresent(replicas::add);
                described++;
            } catch (TransportException e) {
                checks.add(notDescribed(topic, e));
            }
        }
        if (described > 0 && replicas.isEmpty()) {
            replicas.add(Diagnostic.ok("replicas", "all partitions have a leader, and all replicas are in sync"));
        }
        checks.addAll(replicas);
        if (topics.isEmpty()) {
            checks.add(Diagnostic.warning(
                    PERMISSIONS, "cannot be checked: there is no topic yet", "name a topic to check"));
        }
        spec.group().ifPresent(group -> checks.add(group(group)));
    }

    private Diagnostic notDescribed(String topic, TransportException failure) {
        if (failure.getCause() instanceof UnknownTopicOrPartitionException) {
            return spec.own().contains(topic)
                    ? Diagnostic.ok(
                            "topics",
                            "topic " + topic
                                    + " does not exist yet: the group creates it when needed, which requires Create")
                    : Diagnostic.warning(
                            "topics",
                            "topic " + topic + " does not exist",
                            "create it, or let the broker create it on the first publish (auto.create.topics.enable)");
        }
        return failure.getCause() instanceof AuthorizationException
                ? Diagnostic.failed(
                        PERMISSIONS,
                        "topic " + topic + ": missing permission for Describe",
                        "grant Describe, with Write to publish and Read to consume")
                : Diagnostic.failed(
                        "topics",
                        String.valueOf(failure.getMessage()),
                        "correct what Kafka rejects about topic " + topic + ", and run the check again");
    }

    private Diagnostic permissions(String topic, Set<AclOperation> granted) {
        boolean publishes = granted.contains(AclOperation.WRITE);
        boolean consumes = granted.contains(AclOperation.READ);
        if (publishes && consumes) {
            return Diagnostic.ok(PERMISSIONS, "topic " + topic + ": can be published to and consumed");
        }
        String detail = "topic " + topic + ": "
                + (publishes ? "can be published to, " : "cannot be published to: missing permission for Write; ")
                + (consumes ? "can be consumed" : "cannot be consumed: missing permission for Read");
        String hint = "grant the missing permission with an ACL";
        boolean needed = spec.own().contains(topic)
                || (spec.published().containsKey(topic) && !publishes)
                || (spec.group().isPresent() && !consumes)
                || (!publishes && !consumes);
        return needed ? Diagnostic.failed(PERMISSIONS, detail, hint) : Diagnostic.warning(PERMISSIONS, detail, hint);
    }

    private static Optional<Diagnostic> replicas(String topic, List<TopicPartitionInfo> partitions) {
        List<Integer> without = numbers(partitions, partition -> partition.leader() == null);
        List<Integer> behind = numbers(
                partitions,
                partition -> partition.isr().size() < partition.replicas().size());
        if (!without.isEmpty()) {
            return Optional.of(Diagnostic.failed(
                    "replicas",
                    "topic " + topic + ": partitions " + without
                            + " have no leader, and can be neither read nor written",
                    "start their brokers"));
        }
        if (!behind.isEmpty()) {
            return Optional.of(Diagnostic.warning(
                    "replicas",
                    "topic " + topic + ": partitions " + behind + " have replicas that are not in sync",
                    "check their brokers"));
        }
        return partitions.stream().anyMatch(partition -> partition.replicas().size() == 1)
                ? Optional.of(Diagnostic.warning(
                        "replicas",
                        "topic " + topic + " has replication factor 1: if the broker loses its disk, events are lost",
                        "add replicas on other brokers with kafka-reassign-partitions.sh"))
                : Optional.empty();
    }

    private static List<Integer> numbers(List<TopicPartitionInfo> partitions, Predicate<TopicPartitionInfo> chosen) {
        return partitions.stream()
                .filter(chosen)
                .map(TopicPartitionInfo::partition)
                .toList();
    }

    private Diagnostic group(String group) {
        try {
            Set<AclOperation> granted = connection
                    .call(
                            "describe group " + group,
                            admin -> Objects.requireNonNull(admin.describeConsumerGroups(
                                            List.of(group),
                                            new DescribeConsumerGroupsOptions().includeAuthorizedOperations(true))
                                    .describedGroups()
                                    .get(group)))
                    .authorizedOperations();
            return granted.contains(AclOperation.READ)
                    ? Diagnostic.ok(PERMISSIONS, "group " + group + ": can be joined")
                    : Diagnostic.failed(
                            PERMISSIONS,
                            "group " + group + ": cannot be joined: missing permission for Read",
                            "grant Read on the group with an ACL");
        } catch (TransportException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return Diagnostic.ok(
                        PERMISSIONS,
                        "group " + group + " does not exist yet: the permission to join it (Read) cannot be checked");
            }
            return e.getCause() instanceof AuthorizationException
                    ? Diagnostic.failed(
                            PERMISSIONS,
                            "group " + group + ": missing permission for Describe",
                            "grant Read on the group, which includes Describe")
                    : Diagnostic.failed(
                            PERMISSIONS,
                            String.valueOf(e.getMessage()),
                            "correct what Kafka rejects about group " + group + ", and run the check again");
        }
    }
}
