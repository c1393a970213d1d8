package dev.carillon.events.plugins;

import dev.carillon.events.Events;
import dev.carillon.events.Receiver;
import dev.carillon.events.Subscription;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connects the receivers that plugins declare. A plugin is a jar on the class path with a file
 * {@code META-INF/carillon/plugin.yaml}, of the shape that Django plugins of Open edX give their {@code plugin_app}:
 *
 * <pre>{@code
 * name: com.acme.badges                 # the package, as the name of an AppConfig
 * plugin_app:                           # may be left out
 *   signals_config:
 *     lms.djangoapp:                    # the service type
 *       relative_path: signals          # the default, as in Django; the class com.acme.badges.Signals
 *       receivers:
 *         - receiver_func_name: award   # a public method of that class
 *           signal_path: openedx_events.learning.signals.CERTIFICATE_CREATED   # or the event type
 *           dispatch_uid: acme.award    # by default the class name, a dot and the method
 * }</pre>
 *
 * <p>In {@code relative_path}, a dot leads to a sub-package, and the last part is the class: as it is when it begins with a
 * capital, otherwise in camel case ({@code course_receivers} is {@code CourseReceivers}). A method takes {@code Event<T>},
 * the data, or the data and {@link dev.carillon.events.EventMetadata}; what it returns is its response. It is static, or
 * belongs to one object. That is made with a public constructor that takes these {@link Events}, to send events of its own,
 * or else with one without parameters.
 *
 * <p>Other entries of a Django {@code plugin_app} ({@code url_config}, {@code settings_config}, {@code
 * view_context_config}) are for Django and ignored. {@code sender_path} is rejected: Open edX events have no sender, so in
 * Django such a receiver is never called.
 */
public final class Plugins {

    private static final Logger LOG = LoggerFactory.getLogger(Plugins.class);

    private Plugins() {}

    /**
     * Connects the receivers of a service type that are on the class path of this thread's context.
     *
     * @see #connect(Events, String, ClassLoader)
     */
    public static List<Subscription> connect(Events events, String serviceType) {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return connect(events, serviceType, context == null ? Plugins.class.getClassLoader() : context);
    }

    /**
     * Connects the receivers of a service type, {@code lms.djangoapp}, {@code cms.djangoapp} or any name, in the order of
     * the class path and of each file. For receivers of other types, only the form of the declaration is checked.
     *
     * <p>All files are checked first: if there is any problem, nothing is connected. Connecting the same type again changes
     * nothing, since each receiver is connected once under its {@code dispatch_uid}.
     *
     * @return the subscriptions of all receivers declared; unmodifiable, empty when there are none
     * @throws PluginException listing all problems in all files
     * @throws IllegalArgumentException when the service type is blank
     */
    public static List<Subscription> connect(Events events, String serviceType, ClassLoader classPath) {
        if (serviceType.isBlank()) {
            throw new IllegalArgumentException("serviceType must not be blank; it is 'lms.djangoapp', for example");
        }
        Problems problems = new Problems();
        List<Declaration> declarations = PluginFiles.read(classPath, problems).stream()
                .filter(declaration -> declaration.serviceType().equals(serviceType))
                .toList();
        List<Binding> bindings = new Binder(events, classPath, problems).bind(declarations);
        problems.throwIfAny();

        Map<Binding, Receiver<Object>> receivers = new ReceiverObjects(events, problems).receivers(bindings);
        problems.throwIfAny();

        List<Subscription> subscriptions = new ArrayList<>();
        receivers.forEach((binding, receiver) -> {
            subscriptions.add(binding.connect(events, receiver));
            LOG.info(
                    "Plugin receiver {} hears {} ({})",
                    binding.declaration().dispatchUid(),
                    binding.signal().eventType(),
                    serviceType);
        });
        return List.copyOf(subscriptions);
    }

    /**
     * The service types for which plugins on this class path declare receivers, in alphabetical order. Unmodifiable. Runs no code
     * of a plugin, and does not look for the receivers.
     *
     * @throws PluginException listing all problems in the form of the files
     */
    public static SortedSet<String> serviceTypes(ClassLoader classPath) {
        Problems problems = new Problems();
        SortedSet<String> types = new TreeSet<>();
        PluginFiles.read(classPath, problems).forEach(declaration -> types.add(declaration.serviceType()));
        problems.throwIfAny();
        return Collections.unmodifiableSortedSet(types);
    }
}
