package dev.carillon.events;

import java.lang.StackWalker.Option;
import java.lang.StackWalker.StackFrame;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The id of a receiver: the one that it was given; else the name of its class; else, for a lambda, a method reference or an
 * anonymous class, whose names change from build to build, the method that connected it.
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

    /** Looks up the stack where the receiver has no id and no class of its own: to be called while it is being connected. */
    static ReceiverId of(Object receiver, ReceiverOptions options) {
        if (options.id() != null) {
            return new ReceiverId(options.id(), true);
        }
        Class<?> type = receiver.getClass();
        return hasName(type) ? new ReceiverId(type.getName(), true) : connectedFrom();
    }

    private static boolean hasName(Class<?> type) {
        return !type.isHidden() && !type.isSynthetic() && !type.isAnonymousClass();
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
        return new ReceiverId(type.getName() + "." + method, hasName(type));
    }
}
