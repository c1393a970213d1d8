@NullMarked
package dev.carillon.spring;

import org.jspecify.annotations.NullMarked;
