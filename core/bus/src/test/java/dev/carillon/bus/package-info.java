/** Tests of settings, producer and the consumer engine, part by part. */
@NullMarked
package dev.carillon.bus;

import org.jspecify.annotations.NullMarked;
