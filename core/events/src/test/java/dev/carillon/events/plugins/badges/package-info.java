/** A plugin as somebody else would write it. */
@NullMarked
package dev.carillon.events.plugins.badges;

import org.jspecify.annotations.NullMarked;
