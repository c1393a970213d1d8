package dev.carillon.bus.redis;

import dev.carillon.bus.spi.IncomingMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the groups every so often, and tells what happened to them. */
final class GroupMonitor {

    private static final Logger LOG = LoggerFactory.getLogger(GroupMonitor.class);

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

    GroupMonitor(GroupScope scope, Pace pace) {
        this.scope = scope;
        this.pace = pace;
    }

    /** Looks at all of them in one go; answers when to look again. */
    Duration look(List<TopicState> topics) {
        List<Reply<List<Object>>> questions = new ArrayList<>();
        for (TopicState topic : topics) {
            // In this order: what is read in between can hide a loss until the next look, but never feign one.
            questions.add(scope.commands().streamInfo(topic.name()));
            questions.add(scope.commands().groupsInfo(topic.name()));
        }
        List<List<Object>> answers = scope.link().askAll("tell the state of group " + scope.group(), questions);
        Duration next = pace.allRead();
        for (int i = 0; i < topics.size(); i++) {
            TopicState topic = topics.get(i);
            @Nullable GroupView view = GroupView.of(answers.get(2 * i), answers.get(2 * i + 1), scope.group());
            if (view == null) {
                throw new GroupGoneException("Topic " + topic.name() + " has no group " + scope.group(), null);
            }
            if (topic.watch().isNewAndFound()) {
                tellPosition(topic, view);
            }
            topic.watch().observe(view, System.nanoTime()).forEach(finding -> tell(topic, finding));
            if (topic.watch().isBehind()) {
                next = pace.behind();
            }
        }
        return next;
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
