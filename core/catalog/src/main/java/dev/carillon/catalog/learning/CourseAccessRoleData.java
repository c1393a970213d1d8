package dev.carillon.catalog.learning;

import static dev.carillon.catalog.internal.Components.required;

import dev.carillon.catalog.internal.EventData;
import dev.carillon.events.keys.CourseKey;

/**
 * A user's role in the running of a course.
 *
 * @param user who has, or had, the role
 * @param orgKey the organization that the role is for
 * @param courseKey the course run that the role is for
 * @param role the role, such as {@code staff}, {@code instructor} or {@code beta_testers}
 */
@EventData
public record CourseAccessRoleData(UserData user, String orgKey, CourseKey courseKey, String role) {

    public CourseAccessRoleData {
        required(user, "CourseAccessRoleData.user");
        required(orgKey, "CourseAccessRoleData.orgKey");
        required(courseKey, "CourseAccessRoleData.courseKey");
        required(role, "CourseAccessRoleData.role");
    }

    /** Returns a staged builder: the required components in wire order, then the others in any order. */
    public static CourseAccessRoleDataBuilder.UserStage builder() {
        return CourseAccessRoleDataBuilder.builder();
    }

    /** Returns a builder with the values of this record, to make a modified copy. */
    public CourseAccessRoleDataBuilder toBuilder() {
        return CourseAccessRoleDataBuilder.builder(this);
    }
}
