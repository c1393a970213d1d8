package dev.carillon.testkit.contract;

import static dev.carillon.testkit.contract.ContractEvents.stepsOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bus.transport.Diagnostic;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What a transport with a {@link dev.carillon.bus.transport.TransportAdmin} promises besides {@link CoreContract}: lag, members,
 * moving groups, diagnostics. A test class that extends {@link CoreContract} implements this interface.
 */
public interface AdminContract extends GroupStateContract, GroupMoveContract {

    @Test
    default void aHealthyBrokerHasNoFailedDiagnostic() {
        fixture().consumed(stepsOf("ada", 0, 1));

        List<Diagnostic> checks = fixture()
                .admin(admin -> admin.check(
                        List.of(fixture().topic()), Optional.of(fixture().group())));

        assertThat(checks).extracting(Diagnostic::subject).contains("connection");
        assertThat(checks).extracting(Diagnostic::status).doesNotContain(Diagnostic.Status.FAILED);
    }
}
