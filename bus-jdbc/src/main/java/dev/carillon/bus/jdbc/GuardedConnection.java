package dev.carillon.bus.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The connection of a transaction that is not the receiver's to end. What would end it is refused, and remembered, so that it is a
 * failure also where the receiver swallows the refusal. Savepoints are allowed. What {@link Connection#unwrap} answers is not
 * guarded.
 */
final class GuardedConnection implements InvocationHandler {

    private final Connection connection;
    private final String receiver;
    private @Nullable IllegalStateException refused;

    GuardedConnection(Connection connection, String receiver) {
        this.connection = connection;
        this.receiver = receiver;
    }

    /** What the receiver is given. */
    Connection proxy() {
        return (Connection)
                Proxy.newProxyInstance(Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, this);
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        if (endsTheTransaction(method, arguments)) {
            refused = new IllegalStateException("Receiver '" + receiver + "' of the inbox called " + method.getName()
                    + " on its connection, but its transaction commits when it returns, and is rolled back when it throws:"
                    + " leave the connection as it is, or take one of your own for what is to commit by itself");
            throw refused;
        }
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    private static boolean endsTheTransaction(Method method, @Nullable Object @Nullable [] arguments) {
        return switch (method.getName()) {
            case "commit", "close", "abort" -> true;
            case "rollback" -> method.getParameterTypes().length == 0; // the other one takes a Savepoint
            case "setAutoCommit" -> arguments != null && Boolean.TRUE.equals(arguments[0]);
            default -> false;
        };
    }

    /**
     * Checks that the transaction is still there.
     *
     * @throws IllegalStateException when the receiver tried to end it, or commits by itself
     */
    void requireUntouched() throws SQLException {
        if (refused != null) {
            throw refused;
        }
        if (connection.getAutoCommit()) {
            throw new IllegalStateException("Receiver '" + receiver
                    + "' of the inbox switched its connection to automatic commits, so what it did since then does not"
                    + " commit together with the record of the event: leave the connection as it is");
        }
    }
}
