/** Enterprise customers: subsidies, ledgers, subsidized enrollments, groups. */
@NullMarked
package dev.carillon.catalog.enterprise;

import org.jspecify.annotations.NullMarked;
