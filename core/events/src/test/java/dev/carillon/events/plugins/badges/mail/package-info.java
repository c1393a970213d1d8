/** A sub-package of a plugin. */
@NullMarked
package dev.carillon.events.plugins.badges.mail;

import org.jspecify.annotations.NullMarked;
