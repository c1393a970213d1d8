/** What the worker runs, and how it is watched: plugin jars of a folder, and an HTTP server for probes and metrics. */
@NullMarked
package dev.carillon.cli.worker;

import org.jspecify.annotations.NullMarked;
