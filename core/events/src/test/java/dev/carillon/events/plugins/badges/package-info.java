/** A plugin of a third party. */
@NullMarked
package dev.carillon.events.plugins.badges;

import org.jspecify.annotations.NullMarked;
