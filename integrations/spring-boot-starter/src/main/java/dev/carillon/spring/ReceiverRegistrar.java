package dev.carillon.spring;

import dev.carillon.events.Events;
import dev.carillon.events.Receiver;
import dev.carillon.events.ReceiverOptions;
import dev.carillon.events.Signal;
import dev.carillon.events.Subscription;
import dev.carillon.events.UnknownSignalException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;

/** Connects the methods of beans that are marked {@link EventReceiver}, when all singletons exist. */
final class ReceiverRegistrar implements SmartInitializingSingleton {

    private final ConfigurableListableBeanFactory beans;
    private final Events events;
    private final KnownSignals signals;
    private final ReceiverRegistry registry;
    private final CarillonProperties properties;
    private final Supplier<@Nullable OnceReceivers> once;

    ReceiverRegistrar(
            ConfigurableListableBeanFactory beans,
            Events events,
            KnownSignals signals,
            ReceiverRegistry registry,
            CarillonProperties properties,
            Supplier<@Nullable OnceReceivers> once) {
        this.beans = beans;
        this.events = events;
        this.signals = signals;
        this.registry = registry;
        this.properties = properties;
        this.once = once;
    }

    @Override
    public void afterSingletonsInstantiated() {
        for (String name : beans.getBeanNamesForType(Object.class, true, false)) {
            if (!ScopedProxyUtils.isScopedTarget(name)) {
                Class<?> type = AutoProxyUtils.determineTargetClass(beans, name);
                if (type != null && AnnotationUtils.isCandidateClass(type, EventReceiver.class)) {
                    connectMethods(name, type);
                }
            }
        }
    }

    private void connectMethods(String beanName, Class<?> type) {
        Map<Method, EventReceiver> found =
                new TreeMap<>((one, other) -> one.toGenericString().compareTo(other.toGenericString()));
        found.putAll(MethodIntrospector.selectMethods(type, (MethodIntrospector.MetadataLookup<EventReceiver>)
                method -> AnnotatedElementUtils.findMergedAnnotation(method, EventReceiver.class)));
        found.forEach((method, options) -> {
            ReceiverMethod receiver = ReceiverMethod.of(method);
            connect(beanName, method, receiver, signal(receiver, options), options);
        });
    }

    private Signal<?> signal(ReceiverMethod receiver, EventReceiver options) {
        String name = resolve(options.signal());
        try {
            Signal<?> signal = name.isEmpty()
                    ? signals.ofDataClass(receiver.dataClass())
                    : signals.all().get(name);
            receiver.requireDataOf(signal);
            return signal;
        } catch (UnknownSignalException e) {
            throw new ReceiverDefinitionException(
                    "The @EventReceiver " + receiver.name() + " names an unknown event. " + e.getMessage(),
                    "Correct the event type; or mark the record of your event with @EventType, define a bean of type"
                            + " Signal, or add the module with the event, such as carillon-catalog, to the class path.");
        } catch (IllegalArgumentException e) {
            throw new ReceiverDefinitionException(
                    "The @EventReceiver " + receiver.name() + " names no event. " + e.getMessage(),
                    "Name the event: @EventReceiver(signal = \"…\").");
        }
    }

    private <T> void connect(
            String beanName, Method method, ReceiverMethod described, Signal<T> signal, EventReceiver options) {
        String id = options.id().isEmpty() ? beanName + "." + method.getName() : resolve(options.id());
        List<String> topics = Arrays.stream(options.topic()).map(this::resolve).toList();
        String group = group(described, options, topics);
        Receiver<T> receiver = only(!topics.isEmpty(), described.receiver(invocable(beanName, method), bean(beanName)));
        if (AnnotatedElementUtils.hasAnnotation(method, Once.class)) {
            receiver = once(described).wrap(id, group, receiver);
        }
        registry.add(described.name(), signal, topics, group, options, resolve(options.key()));
        Subscription subscription = connect(described, signal, receiver, id);
        if (!subscription.isOf(receiver)) {
            throw new ReceiverDefinitionException(
                    "Two receivers of " + signal.eventType() + " have the id " + id
                            + ", one of them is the @EventReceiver " + described.name(),
                    "Give one of them another id: @EventReceiver(id = \"…\").");
        }
    }

    /** A receiver of what comes from the bus, or of what is sent here. */
    private static <T> Receiver<T> only(boolean fromBus, Receiver<T> receiver) {
        return event -> {
            if (event.fromBus() == fromBus) {
                receiver.receive(event);
            }
        };
    }

    private <T> Subscription connect(ReceiverMethod described, Signal<T> signal, Receiver<T> receiver, String id) {
        try {
            return events.connect(signal, receiver, ReceiverOptions.id(id));
        } catch (IllegalArgumentException e) {
            throw new ReceiverDefinitionException(
                    "The @EventReceiver " + described.name() + " cannot be connected: " + e.getMessage(),
                    "Correct its id or signal.");
        }
    }

    private String group(ReceiverMethod receiver, EventReceiver options, List<String> topics) {
        String group = options.group().isEmpty() ? properties.consumer().group() : resolve(options.group());
        if (group == null || group.isBlank()) {
            group = resolve("${spring.application.name:}");
        }
        if (group.isBlank() && !topics.isEmpty()) {
            throw new ReceiverDefinitionException(
                    "The @EventReceiver " + receiver.name() + " reads " + topics + ", but has no consumer group",
                    "Set spring.application.name or carillon.consumer.group, or name a group:"
                            + " @EventReceiver(group = \"…\").");
        }
        return group.isBlank() ? "none" : group;
    }

    private OnceReceivers once(ReceiverMethod receiver) {
        OnceReceivers available = once.get();
        if (available == null) {
            throw new ReceiverDefinitionException(
                    "The @EventReceiver " + receiver.name() + " is marked @Once, but the application has no database"
                            + " with a transaction manager, or several of which none is @Primary",
                    "Add spring-boot-starter-jdbc (or -data-jpa) and the address of a database, mark one of several data sources"
                            + " with @Primary, or remove @Once.");
        }
        return available;
    }

    private Method invocable(String beanName, Method method) {
        Class<?> type = beans.getType(beanName);
        try {
            return AopUtils.selectInvocableMethod(method, type == null ? method.getDeclaringClass() : type);
        } catch (IllegalStateException e) {
            throw new ReceiverDefinitionException(
                    "The @EventReceiver " + method.getDeclaringClass().getName() + "." + method.getName()
                            + " cannot be called through the proxy of its bean: " + e.getMessage(),
                    "Make the method part of the bean's interface, or let Spring proxy classes"
                            + " (spring.aop.proxy-target-class=true).");
        }
    }

    private Supplier<Object> bean(String beanName) {
        if (!beans.isSingleton(beanName)) {
            return () -> beans.getBean(beanName);
        }
        Object bean = beans.getBean(beanName);
        return () -> bean;
    }

    private String resolve(String text) {
        String resolved = beans.resolveEmbeddedValue(text);
        return resolved == null ? "" : resolved;
    }
}
