package dev.carillon.events.keys;

import org.jspecify.annotations.Nullable;

/** What names a course, or a legacy library: there the course is the library's name and the run a constant. */
record CourseParts(
        @Nullable String org,
        @Nullable String course,
        @Nullable String run,
        @Nullable String branch,
        @Nullable String versionGuid) {

    /** The same, with each part checked and the version in lower case. */
    CourseParts checked(KeyInput in) {
        return new CourseParts(
                in.requireIfThere("the organization", org, CharSet.ID),
                in.requireIfThere("the course", course, CharSet.ID),
                in.requireIfThere("the run", run, CharSet.ID),
                in.requireIfThere("the branch", branch, CharSet.ID),
                versionGuid == null ? null : ObjectIds.canonical(in, versionGuid));
    }

    /** The prefix with {@code org+course+run+branch@…+version@…}; without a run, only the version follows. */
    String courseText(String prefix) {
        StringBuilder text = new StringBuilder(96).append(prefix);
        if (run != null) {
            text.append(org).append('+').append(course).append('+').append(run);
            appendBranch(text);
        }
        return appendVersion(text, run != null).toString();
    }

    /** The prefix with {@code org+library+branch@…+version@…}; without a library, only the version follows. */
    String libraryText(String prefix) {
        StringBuilder text = new StringBuilder(96).append(prefix);
        if (course != null) {
            text.append(org).append('+').append(course);
            appendBranch(text);
        }
        return appendVersion(text, course != null).toString();
    }

    private void appendBranch(StringBuilder text) {
        if (branch != null) {
            text.append("+branch@").append(branch);
        }
    }

    private StringBuilder appendVersion(StringBuilder text, boolean something) {
        if (versionGuid != null) {
            text.append(something ? "+version@" : "version@").append(versionGuid);
        }
        return text;
    }

    Parts addTo(Parts parts) {
        return parts.put("org", org)
                .put("course", course)
                .put("run", run)
                .put("branch", branch)
                .put("version_guid", versionGuid);
    }
}
