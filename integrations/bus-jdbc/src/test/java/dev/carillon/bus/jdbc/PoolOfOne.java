package dev.carillon.bus.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A data source with a single connection; a request for a second one fails at once. */
final class PoolOfOne {

    private final AtomicBoolean taken = new AtomicBoolean();
    private final DataSource inner;

    private PoolOfOne(DataSource inner) {
        this.inner = inner;
    }

    static DataSource over(DataSource inner) {
        PoolOfOne pool = new PoolOfOne(inner);
        return proxy(DataSource.class, (proxy, method, arguments) -> pool.invoke(method, arguments));
    }

    private @Nullable Object invoke(Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        if (!method.getName().equals("getConnection")) {
            return call(inner, method, arguments);
        }
        if (!taken.compareAndSet(false, true)) {
            throw new SQLTransientConnectionException("the pool has no second connection");
        }
        Connection connection = inner.getConnection();
        return proxy(Connection.class, (proxy, called, given) -> {
            if (called.getName().equals("close")) {
                taken.set(false);
            }
            return call(connection, called, given);
        });
    }

    private static @Nullable Object call(Object target, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, java.lang.reflect.InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
