package dev.carillon.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Personal data do not reach logs. */
class MaskedTest {

    record Person(@Pii String username, @Pii @Nullable String fullName, int id) {}

    record Course(String key, @Nullable String displayName) {
        @Override
        public String toString() {
            return key;
        }
    }

    record Enrollment(Person person, Course course) {}

    record Cohort(List<Person> people, Map<String, Person> byRole, List<Course> courses) {}

    record Broken(String text) {
        Broken {}

        @Override
        public String text() {
            throw new IllegalStateException("secret");
        }
    }

    private static final Person ALICE = new Person("alice", "Alice A.", 7);

    @Test
    void markedComponentsAreHidden() {
        assertThat(Masked.toString(ALICE)).isEqualTo("Person[username=***, fullName=***, id=7]");
    }

    @Test
    void whetherAMarkedComponentIsThereIsHiddenToo() {
        assertThat(Masked.toString(new Person("alice", null, 7))).isEqualTo("Person[username=***, fullName=***, id=7]");
    }

    @Test
    void whatHasNothingToHideKeepsItsOwnText() {
        assertThat(Masked.toString(new Course("course-v1:edX+DemoX+1", null)))
                .isEqualTo("Course[key=course-v1:edX+DemoX+1, displayName=null]");
    }

    @Test
    void recordsWithinAreHiddenAsTheyNeedIt() {
        assertThat(Masked.toString(new Enrollment(ALICE, new Course("demo", "Demo"))))
                .isEqualTo("Enrollment[person=Person[username=***, fullName=***, id=7], course=demo]");
    }

    @Test
    void recordsInListsAndMapsAreHiddenToo() {
        Cohort cohort = new Cohort(List.of(ALICE), Map.of("staff", ALICE), List.of(new Course("demo", "Demo")));

        assertThat(Masked.toString(cohort))
                .isEqualTo("Cohort[people=[Person[username=***, fullName=***, id=7]], "
                        + "byRole={***=Person[username=***, fullName=***, id=7]}, courses=[demo]]");
    }

    @Test
    void whatCannotBeReadIsMasked() {
        assertThat(Masked.toString(new Broken("secret"))).isEqualTo("Broken[text=***]");
    }

    @Test
    void theNamesOfMarkedComponentsAreWireNames() {
        assertThat(Masked.names(Person.class)).containsExactly("username", "full_name");
        assertThat(Masked.names(Enrollment.class)).isEmpty();
        assertThat(Masked.names(String.class)).isEmpty();
    }
}
