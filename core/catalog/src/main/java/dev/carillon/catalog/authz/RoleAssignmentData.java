package dev.carillon.catalog.authz;

import static dev.carillon.catalog.internal.Components.required;

import dev.carillon.catalog.internal.EventData;
import dev.carillon.events.Masked;
import dev.carillon.events.Pii;
import org.jspecify.annotations.Nullable;

/**
 * A role that a subject has within a scope.
 *
 * @param operation what was done to the assignment: {@code created} or {@code deleted}
 * @param subject who has, or had, the role: the kind and the name, such as {@code user^ada}. Personal
 * @param role the role, such as {@code course_admin}
 * @param scope where it holds, such as the key of a course or of a library
 * @param actorId the id in the LMS of who did it, or null if unknown
 */
@EventData
public record RoleAssignmentData(
        String operation,
        @Pii String subject,
        String role,
        String scope,
        @Nullable Long actorId) {

    public RoleAssignmentData {
        required(operation, "RoleAssignmentData.operation");
        required(subject, "RoleAssignmentData.subject");
        required(role, "RoleAssignmentData.role");
        required(scope, "RoleAssignmentData.scope");
    }

    /** Returns a staged builder: the required components in wire order, then the others in any order. */
    public static RoleAssignmentDataBuilder.OperationStage builder() {
        return RoleAssignmentDataBuilder.builder();
    }

    /** Returns a builder with the values of this record, to make a modified copy. */
    public RoleAssignmentDataBuilder toBuilder() {
        return RoleAssignmentDataBuilder.builder(this);
    }

    @Override
    public String toString() {
        return Masked.toString(this);
    }
}
