package dev.carillon.events;

import dev.carillon.events.internal.ReceiverIds;
import java.lang.StackWalker.Option;
import java.lang.StackWalker.StackFrame;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The id of a receiver: its explicit id, or the name of its class. Lambdas, method references, anonymous classes and
 * classes generated at run time have names that change with each build or start; they are named after the method that
 * connected them.
 *
 * @param text names the receiver in logs, results and dead letters
 * @param isStable whether it stays the same after a deployment that does not change the receiver
 */
record ReceiverId(String text, boolean isStable) {

    private static final Set<Class<?>> OURS =
            Set.of(Events.class, Channel.class, ConnectedReceiver.class, ReceiverId.class);
    private static final StackWalker STACK = StackWalker.getInstance(Option.RETAIN_CLASS_REFERENCE);

    /** The source method that contains a lambda's body. */
    private static final Pattern LAMBDA_BODY = Pattern.compile("lambda\\$(.+)\\$\\d+");

    /**
     * Part of the names of classes generated at run time by Spring, CGLIB, Guice and Weld, then Mockito, Byte Buddy and
     * Hibernate. A sequential or random number follows.
     */
    private static final Pattern MADE_AT_RUN_TIME =
            Pattern.compile("\\$\\$|\\$(MockitoMock|ByteBuddy|HibernateProxy)\\$");

    /**
     * Inspects the stack if the receiver has neither an id nor a named class, so call it while the receiver is being connected.
     */
    static ReceiverId of(Object receiver, ReceiverOptions options) {
        if (options.id() != null) {
            return new ReceiverId(options.id(), true);
        }
        @Nullable String name = stableName(receiver.getClass());
        return name == null ? connectedFrom() : new ReceiverId(name, ReceiverIds.isKept(name));
    }

    /** The name of a hand-written class; for a generated one, the name of the class it was generated from, if any. */
    private static @Nullable String stableName(Class<?> type) {
        if (type.isHidden() || Proxy.isProxyClass(type)) {
            return null;
        }
        String name = type.getName();
        if (MADE_AT_RUN_TIME.matcher(name).find()) {
            Class<?> madeFrom = type.getSuperclass();
            return madeFrom != null && name.startsWith(madeFrom.getName() + "$") ? stableName(madeFrom) : null;
        }
        return type.isSynthetic() || type.isAnonymousClass() ? null : name;
    }

    private static ReceiverId connectedFrom() {
        return STACK.walk(frames -> frames.filter(frame -> !OURS.contains(frame.getDeclaringClass()))
                .findFirst()
                .map(ReceiverId::of)
                .orElseGet(() -> new ReceiverId("a receiver without a name", false)));
    }

    private static ReceiverId of(StackFrame frame) {
        Class<?> type = frame.getDeclaringClass();
        Matcher body = LAMBDA_BODY.matcher(frame.getMethodName());
        String method = body.matches() ? body.group(1) : frame.getMethodName();
        @Nullable String stable = stableName(type);
        String name = (stable == null ? type.getName() : stable) + "." + method;
        return new ReceiverId(name, stable != null && ReceiverIds.isKept(name));
    }
}
