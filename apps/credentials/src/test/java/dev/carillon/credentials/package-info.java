@NullMarked
package dev.carillon.credentials;

import org.jspecify.annotations.NullMarked;
