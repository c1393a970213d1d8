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
 * The connection of a transaction that is not the receiver's to end. What would end it is refused, and remembered, so that it is a
 * failure also where the receiver swallows the refusal. Savepoints are allowed. Statements, result sets and metadata lead back to the
 * guarded connection. What {@link java.sql.Wrapper#unwrap} answers is not guarded, nor is SQL that ends the transaction.
 */
final class GuardedConnection {

    /** The most special ones first. */
    private static final List<Class<?>> LEADING_BACK = List.of(
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

    /** What the receiver is given. */
    Connection proxy() {
        return proxy;
    }

    private void refuseToEnd(Method method, @Nullable Object @Nullable [] arguments) {
        if (endsTheTransaction(method, arguments)) {
            refused = new IllegalStateException("Receiver '" + receiver + "' of the inbox called " + method.getName()
                    + " on its connection, but its transaction commits when it returns, and is rolled back when it throws:"
                    + " leave the connection as it is, or take one of your own for what is to commit by itself");
            throw refused;
        }
    }

    /** The connection, or something that it handed out and that leads back to it. */
    private final class Guard implements InvocationHandler {

        private final Object target;

        /** What handed it out; null for the connection. */
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
                Object answer = method.invoke(target, unguarded(arguments));
                return method.getName().equals("unwrap") ? answer : guarded(answer, self);
            } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
            }
        }

        private @Nullable Object guarded(@Nullable Object answer, Object self) {
            if (answer instanceof Connection) {
                return proxy;
            }
            Class<?> type = leadingBack(answer);
            if (answer == null || type == null) {
                return answer;
            }
            return parent != null && target(parent) == answer ? parent : proxy(type, new Guard(answer, self));
        }
    }

    /** Drivers take their own objects alone, such as an array that came out of a result set. */
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

    /** What a connection, or a statement, can be asked of; null for anything else. */
    private static @Nullable Class<?> leadingBack(@Nullable Object answer) {
        return LEADING_BACK.stream()
                .filter(type -> type.isInstance(answer))
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
