package dev.carillon.catalog.learning;

import static dev.carillon.catalog.internal.Components.immutable;
import static dev.carillon.catalog.internal.Components.required;

import dev.carillon.catalog.internal.Defaults;
import dev.carillon.catalog.internal.EventData;
import dev.carillon.events.DefaultValue;
import dev.carillon.events.Masked;
import dev.carillon.events.Pii;
import dev.carillon.events.keys.CourseKey;
import io.soabase.recordbuilder.core.RecordBuilder.Initializer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A contribution to a discussion: a thread, a response to it, or a comment on a response. Threads alone have a type,
 * a title and a category; responses and comments name the thread in {@code discussion}.
 *
 * @param body what was written; may be cut, see {@code truncated}. Personal
 * @param commentableId the id of the topic in the discussion service
 * @param id the contribution's id in the discussion service
 * @param truncated whether {@code body} is only the beginning
 * @param url where it can be read
 * @param user who wrote it; set even if it is shown without a name
 * @param courseId the course run
 * @param threadType {@code discussion} or {@code question}; null for responses and comments
 * @param anonymous whether it appears without the author's name, or null if unknown
 * @param anonymousToPeers whether staff alone see the author's name, or null if unknown
 * @param title the title of the thread, or null. Personal, as it is free text
 * @param titleTruncated whether {@code title} is only the beginning, or null without a title
 * @param groupId the cohort that may see it, or null for everyone
 * @param teamId the team that it belongs to, or null
 * @param categoryId the category of the topic, or null
 * @param categoryName the category's name, or null
 * @param discussion the thread that a response or comment belongs to ({@code id}), or null. Immutable
 * @param userCourseRoles the author's roles in the course, such as {@code Instructor}. Immutable
 * @param userForumsRoles the author's roles in the forum, such as {@code Moderator}. Immutable
 * @param options what the author chose when writing, such as {@code followed}. Immutable
 */
@EventData
public record DiscussionThreadData(
        @Pii String body,
        String commentableId,
        String id,
        boolean truncated,
        String url,
        UserData user,
        CourseKey courseId,
        @Nullable String threadType,
        @Nullable Boolean anonymous,
        @Nullable Boolean anonymousToPeers,
        @Pii @Nullable String title,
        @Nullable Boolean titleTruncated,
        @Nullable Long groupId,
        @Nullable Long teamId,
        @Nullable Long categoryId,
        @Nullable String categoryName,
        @Nullable Map<String, String> discussion,

        @DefaultValue("[]") @Initializer(source = Defaults.class, value = "emptyList")
        List<String> userCourseRoles,

        @DefaultValue("[]") @Initializer(source = Defaults.class, value = "emptyList")
        List<String> userForumsRoles,

        @DefaultValue("{}") @Initializer(source = Defaults.class, value = "emptyMap")
        Map<String, Boolean> options) {

    public DiscussionThreadData {
        required(body, "DiscussionThreadData.body");
        required(commentableId, "DiscussionThreadData.commentableId");
        required(id, "DiscussionThreadData.id");
        required(url, "DiscussionThreadData.url");
        required(user, "DiscussionThreadData.user");
        required(courseId, "DiscussionThreadData.courseId");
        discussion = discussion == null ? null : immutable(discussion, "DiscussionThreadData.discussion");
        userCourseRoles = immutable(userCourseRoles, "DiscussionThreadData.userCourseRoles");
        userForumsRoles = immutable(userForumsRoles, "DiscussionThreadData.userForumsRoles");
        options = immutable(options, "DiscussionThreadData.options");
    }

    /** Returns a staged builder: the required components in wire order, then the others in any order. */
    public static DiscussionThreadDataBuilder.BodyStage builder() {
        return DiscussionThreadDataBuilder.builder();
    }

    /** Returns a builder with the values of this record, to make a modified copy. */
    public DiscussionThreadDataBuilder toBuilder() {
        return DiscussionThreadDataBuilder.builder(this);
    }

    @Override
    public String toString() {
        return Masked.toString(this);
    }
}
