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
 * The id of a receiver: the one that it was given; else the name of its class; else, for a lambda, a method reference, an
 * anonymous class or one made at run time, whose names change from build to build or from start to start, the method that
 * connected it.
 *
 * @param text names the receiver in logs, results and dead letters
 * @param isStable whether it is the same after a deployment that does not change the receiver
 */
record ReceiverId(String text, boolean isStable) {

    private static final Set<Class<?>> OURS =
            Set.of(Events.class, Channel.class, ConnectedReceiver.class, ReceiverId.class);
    private static final StackWalker STACK = StackWalker.getInstance(Option.RETAIN_CLASS_REFERENCE);

    /** The method of the source that the compiler made a lambda's body from. */
    private static final Pattern LAMBDA_BODY = Pattern.compile("lambda\\$(.+)\\$\\d+");

    /**
     * In the names that libraries give to classes that they make at run time: Spring, CGLIB, Guice and Weld, then Mockito, Byte
     * Buddy and Hibernate. What follows is a number, in the order of creation, or drawn.
     */
    private static final Pattern MADE_AT_RUN_TIME =
            Pattern.compile("\\$\\$|\\$(MockitoMock|ByteBuddy|HibernateProxy)\\$");

    /** Looks up the stack where the receiver has no id and no class of its own: to be called while it is being connected. */
    static ReceiverId of(Object receiver, ReceiverOptions options) {
        if (options.id() != null) {
            return new ReceiverId(options.id(), true);
        }
        @Nullable String name = stableName(receiver.getClass());
        return name == null ? connectedFrom() : new ReceiverId(name, ReceiverIds.isKept(name));
    }

    /** The name of a class that somebody wrote; of one that was made at run time, that of the class it was made from, if any. */
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
