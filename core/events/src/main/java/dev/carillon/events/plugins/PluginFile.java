package dev.carillon.events.plugins;

import dev.carillon.events.internal.ReceiverIds;
import dev.carillon.events.internal.Shown;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the receivers of one plugin file. */
final class PluginFile {

    /** Other entries are for Django and ignored. */
    private static final Set<String> IN_PLUGIN_APP =
            Set.of("signals_config", "url_config", "settings_config", "view_context_config");

    private static final String DEFAULT_PATH = "signals";
    private static final Pattern DOTTED_NAME =
            Pattern.compile("\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*"
                    + "(\\.\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*)*");

    private final Section file;
    private final List<Declaration> declarations = new ArrayList<>();

    PluginFile(Section file) {
        this.file = file;
    }

    /** In the order of the file. */
    List<Declaration> declarations() {
        file.allow(Set.of("name", "plugin_app", "signals_config"));
        String packageName = name(file.requiredText("name", "com.acme.badges"), "name", file);
        Section signals = signals();
        if (signals != null) {
            for (Object serviceType : signals.values().keySet()) {
                Section service = signals.at(file.place()).section(String.valueOf(serviceType));
                if (service != null) {
                    readService(packageName, String.valueOf(serviceType), service);
                }
            }
        }
        return declarations;
    }

    private @Nullable Section signals() {
        Section plugin = file.section("plugin_app");
        Section top = file.section("signals_config");
        if (plugin == null) {
            return top;
        }
        plugin.allow(IN_PLUGIN_APP);
        Section wrapped = plugin.section("signals_config");
        if (wrapped != null && top != null) {
            file.problems().add(file.place(), "'signals_config' is there twice, within 'plugin_app' and beside it");
        }
        return wrapped == null ? top : wrapped;
    }

    private void readService(@Nullable String packageName, String serviceType, Section service) {
        service.allow(Set.of("relative_path", "receivers"));
        String given = service.text("relative_path");
        String path = name(given == null ? DEFAULT_PATH : given, "relative_path", service);
        String className = packageName == null || path == null ? null : packageName + "." + classOf(path);
        for (Section receiver : service.list("receivers", "receiver")) {
            readReceiver(className, serviceType, receiver);
        }
    }

    private void readReceiver(@Nullable String className, String serviceType, Section section) {
        String methodName = section.requiredText("receiver_func_name", "award");
        Section receiver = methodName == null ? section : section.at(section.place() + " (" + methodName + ")");
        receiver.allow(Set.of("receiver_func_name", "signal_path", "dispatch_uid", "sender_path"));
        if (receiver.values().get("sender_path") != null) {
            receiver.problems()
                    .add(
                            receiver.place(),
                            "'sender_path' must not be there: events have no sender, so nothing would be heard");
        }
        String signalPath = receiver.requiredText("signal_path", "openedx_events.learning.signals.CERTIFICATE_CREATED");
        String dispatchUid = receiver.text("dispatch_uid");
        if (className != null && methodName != null && signalPath != null) {
            String id = dispatchUid == null ? className + "." + methodName : dispatchUid;
            String problem = ReceiverIds.problem("'dispatch_uid'", id, ReceiverIds.LONGEST);
            if (problem == null) {
                declarations.add(new Declaration(receiver.place(), serviceType, className, methodName, signalPath, id));
            } else {
                receiver.problems().add(receiver.place(), problem);
            }
        }
    }

    /** The text, if it is a dotted name. */
    private static @Nullable String name(@Nullable String text, String key, Section section) {
        if (text != null && !DOTTED_NAME.matcher(text).matches()) {
            section.problems()
                    .add(
                            section.place(),
                            "'" + key + "' must be names with dots between them, but is " + Shown.quoted(text));
            return null;
        }
        return text;
    }

    /** {@code learning.course_receivers} is {@code learning.CourseReceivers}. */
    private static String classOf(String path) {
        int dot = path.lastIndexOf('.') + 1;
        String last = path.substring(dot);
        if (Character.isUpperCase(last.charAt(0))) {
            return path;
        }
        return path.substring(0, dot)
                + Arrays.stream(last.split("_"))
                        .filter(word -> !word.isEmpty())
                        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                        .collect(Collectors.joining());
    }
}
