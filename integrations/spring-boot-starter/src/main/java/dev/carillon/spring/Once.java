package dev.carillon.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes an {@link EventReceiver} handle each event once, although the bus may deliver it twice. The method runs in a transaction of the
 * application's database, in which its {@linkplain dev.carillon.bus.jdbc.Inbox inbox} records the event: both commit together, or
 * neither does. An event that was handled before is skipped.
 *
 * <p>Needs a {@code DataSource} and a transaction manager. The method joins the transaction; it must not run in another one
 * ({@code REQUIRES_NEW}).
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Once {}
