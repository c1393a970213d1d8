package dev.carillon.bus.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Array;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection whose transaction the receiver must not end. Calls that would end it throw, and {@link #requireUntouched} throws again
 * in case the receiver swallowed the exception. Savepoints are allowed. Statements, result sets and metadata return the guarded
 * connection. Not guarded: the result of {@link java.sql.Wrapper#unwrap}, and SQL that ends the transaction.
 */
final class GuardedConnection {

    /** The types of objects that return their connection; subtypes first. */
    private static final List<Class<?>> GUARDED_TYPES = List.of(
            CallableStatement.class,
            PreparedStatement.class,
            Statement.class,
            ResultSet.class,
            DatabaseMetaData.class,
            Array.class);

    private final Connection connection;
    private final Connection proxy;
    private final String receiver;
    private @Nullable IllegalStateException refused;

    GuardedConnection(Connection connection, String receiver) {
        this.connection = connection;
        this.receiver = receiver;
        this.proxy = (Connection) proxy(Connection.class, new Guard(connection, null));
    }

    /** The connection for the receiver. */
    Connection proxy() {
        return proxy;
    }

    private void refuseToEnd(Method method, @Nullable Object @Nullable [] arguments) {
        if (endsTheTransaction(method, arguments)) {
            refused = new IllegalStateException(
                    "Receiver '" + receiver + "' of the inbox called " + method.getName()
                            + " on its connection, but the inbox commits the transaction when the receiver returns, and rolls it back when it"
                            + " throws: do not end the transaction, or use a connection of your own for changes that commit separately");
            throw refused;
        }
    }

    /** Guards the connection, or an object from which it can be reached. */
    private final class Guard implements InvocationHandler {

        private final Object target;

        /** The proxy that returned the target; null for the connection. */
        private final @Nullable Object parent;

        Guard(Object target, @Nullable Object parent) {
            this.target = target;
            this.parent = parent;
        }

        @Override
        public @Nullable Object invoke(Object self, Method method, @Nullable Object @Nullable [] arguments)
                throws Throwable {
            if (target == connection) {
                refuseToEnd(method, arguments);
            }
            try {
                Object result = method.invoke(target, unguarded(arguments));
                return method.getName().equals("unwrap") ? result : guarded(result, self);
            } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
            }
        }

        private @Nullable Object guarded(@Nullable Object result, Object self) {
            if (result instanceof Connection) {
                return proxy;
            }
            Class<?> type = guardedType(result);
            if (result == null || type == null) {
                return result;
            }
            return parent != null && target(parent) == result ? parent : proxy(type, new Guard(result, self));
        }
    }

    /** Drivers accept only their own objects as arguments, such as an array from a result set. */
    private static @Nullable Object @Nullable [] unguarded(@Nullable Object @Nullable [] arguments) {
        return arguments == null
                ? null
                : Arrays.stream(arguments).map(GuardedConnection::target).toArray();
    }

    private static @Nullable Object target(@Nullable Object object) {
        return object != null
                        && Proxy.isProxyClass(object.getClass())
                        && Proxy.getInvocationHandler(object) instanceof Guard guard
                ? guard.target
                : object;
    }

    private static Object proxy(Class<?> type, Guard guard) {
        return Proxy.newProxyInstance(Connection.class.getClassLoader(), new Class<?>[] {type}, guard);
    }

    /** The type to proxy; null for an object from which no connection can be reached. */
    private static @Nullable Class<?> guardedType(@Nullable Object result) {
        return GUARDED_TYPES.stream()
                .filter(type -> type.isInstance(result))
                .findFirst()
                .orElse(null);
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
     * Checks that the transaction is still open.
     *
     * @throws IllegalStateException when the receiver tried to end it, or switched on automatic commits
     */
    void requireUntouched() throws SQLException {
        if (refused != null) {
            throw refused;
        }
        if (connection.getAutoCommit()) {
            throw new IllegalStateException("Receiver '" + receiver
                    + "' of the inbox switched its connection to automatic commits, so its later changes do not commit together"
                    + " with the record of the event: do not change the connection's auto-commit mode");
        }
    }
}
