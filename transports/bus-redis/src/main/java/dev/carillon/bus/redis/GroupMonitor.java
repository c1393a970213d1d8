package dev.carillon.bus.redis;

import dev.carillon.bus.transport.GroupIncident;
import dev.carillon.bus.transport.IncomingMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the groups every so often, and tells what happened to them. */
final class GroupMonitor {

    private static final Logger LOG = LoggerFactory.getLogger(GroupMonitor.class);

    private static final int QUESTIONS = 4;
    private static final int MOST_COUNTED = 100_000;

    /**
     * How often to look.
     *
     * @param behind while there are messages that the group was not given, which somebody could make it pass over
     * @param allRead while there are none
     */
    record Pace(Duration behind, Duration allRead) {

        /** Costs Redis less than a poll does. */
        static final Pace NORMAL = new Pace(Duration.ofMillis(200), Duration.ofSeconds(2));
    }

    private final GroupScope scope;
    private final Pace pace;
    private final LostEntries lost;
    private final Due atWork = new Due(System.nanoTime());
    private final Map<String, Set<String>> strangers = new HashMap<>();

    GroupMonitor(GroupScope scope, Pace pace, LostEntries lost) {
        this.scope = scope;
        this.pace = pace;
        this.lost = lost;
    }

    /** Looks at all of them in one go; answers when to look again. */
    Duration look(List<TopicState> topics) {
        Duration next = pace.allRead();
        if (topics.isEmpty()) {
            return next;
        }
        List<Reply<List<Object>>> questions = new ArrayList<>();
        for (TopicState topic : topics) {
            // In this order: what is read in between can hide a loss until the next look, but never feign one.
            questions.add(scope.commands().streamInfo(topic.name()));
            questions.add(scope.commands().groupsInfo(topic.name()));
            questions.add(scope.commands().consumersInfo(topic.name()));
            questions.add(scope.commands().pendingSummary(topic.name()));
        }
        long now = System.nanoTime();
        boolean looksAtWork = atWork.isDue(now); // goes through all that is held
        if (looksAtWork) {
            atWork.again(now, pace.allRead());
        }
        List<List<Object>> answers = scope.link().askAll("tell the state of group " + scope.group(), questions);
        for (int i = 0; i < topics.size(); i++) {
            TopicState topic = topics.get(i);
            @Nullable
            GroupView view = GroupView.of(answers.get(QUESTIONS * i), answers.get(QUESTIONS * i + 1), scope.group());
            if (view == null) {
                throw new GroupGoneException("Topic " + topic.name() + " has no group " + scope.group(), null);
            }
            if (topic.watch().isNewAndFound()) {
                tellPosition(topic, view);
            }
            Set<String> others = strangers(topic, answers.get(QUESTIONS * i + 2));
            PendingSummary pending = PendingSummary.of(answers.get(QUESTIONS * i + 3));
            topic.watch()
                    .observe(view, System.nanoTime(), readers(topic, others, pending))
                    .forEach(finding -> tell(topic, counted(topic, view, finding)));
            if (looksAtWork) {
                tellTrimmedAtWork(topic, view);
            }
            topic.viewed(view);
            if (topic.watch().isBehind()) {
                next = pace.behind();
            }
        }
        return next;
    }

    /** What a group was made to pass over is still there to be counted, unless it is too much. */
    private GroupWatch.Finding counted(TopicState topic, GroupView view, GroupWatch.Finding finding) {
        StreamId from = topic.watch().toCountFrom();
        if (finding.kind() != GroupIncident.Kind.MOVED_FORWARD || finding.messages() >= 0 || from == null) {
            return finding;
        }
        OptionalLong passed = EntryCount.between(
                scope.link(),
                scope.asked("count messages of", topic),
                topic.name(),
                from.toString(),
                view.delivered().toString(),
                MOST_COUNTED);
        if (passed.isEmpty()) {
            return finding;
        }
        topic.watch().counted(passed.getAsLong(), view);
        return new GroupWatch.Finding(finding.kind(), passed.getAsLong(), finding.detail());
    }

    /** What we hold, and the stream does not have any more. */
    private void tellTrimmedAtWork(TopicState topic, GroupView view) {
        List<String> gone = topic.held().before(view.first());
        if (!gone.isEmpty()) {
            topic.held().forget(lost.tell(topic, gone, Renewal.LOST_AT_WORK));
        }
    }

    private GroupWatch.Readers readers(TopicState topic, Set<String> others, PendingSummary pending) {
        if (scope.options().sharing() || !others.isEmpty()) {
            return GroupWatch.Readers.OTHERS;
        }
        boolean allKnown = topic.pending().isDone()
                || pending.of(scope.options().consumer()) <= topic.held().size();
        return allKnown && !pending.hasOf(scope::isFormerMember)
                ? GroupWatch.Readers.ONLY_US
                : GroupWatch.Readers.ONLY_US_UNSURE;
    }

    /** The members that know of no lease; a change is told. */
    private Set<String> strangers(TopicState topic, List<Object> consumersInfo) {
        if (scope.options().sharing()) {
            return Set.of();
        }
        Set<String> now = scope.members().strangers(GroupLook.alive(consumersInfo));
        Set<String> before = strangers.put(topic.name(), now);
        if (!now.isEmpty() && !now.equals(before)) {
            LOG.warn(
                    "Group {} of topic {} is read by members that know of no lease, too: {}. Events of one key are in order"
                            + " within this member only",
                    scope.group(),
                    topic.name(),
                    String.join(", ", now));
        }
        return now;
    }

    /** We were given new entries. */
    void read(TopicState topic, List<IncomingMessage> messages) {
        GroupWatch.@Nullable Finding finding = topic.watch()
                .read(
                        messages.get(0).position(),
                        messages.get(messages.size() - 1).position(),
                        messages.size());
        if (finding != null) {
            tell(topic, finding);
        }
    }

    private void tell(TopicState topic, GroupWatch.Finding finding) {
        scope.tell(finding.kind(), topic, finding.messages(), finding.detail());
    }

    private void tellPosition(TopicState topic, GroupView view) {
        if (scope.options().moves()) {
            LOG.warn(
                    "Group {} exists on topic {} and stands at {}: {} is for new groups and did not move it. To move it:"
                            + " XGROUP SETID {} {} <id>",
                    scope.group(),
                    topic.name(),
                    view.delivered(),
                    scope.options().wish(),
                    topic.name(),
                    scope.group());
        } else {
            LOG.info(
                    "Group {} exists on topic {} and goes on behind {} ({} is for new groups)",
                    scope.group(),
                    topic.name(),
                    view.delivered(),
                    scope.options().wish());
        }
    }
}
