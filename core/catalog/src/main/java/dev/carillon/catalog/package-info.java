/**
 * Every public Open edX event: {@link dev.carillon.catalog.Catalog} to find one, a package per subdomain for its
 * signals and data records.
 *
 * <h2>Records and builders</h2>
 *
 * <p>A data record is immutable, its lists and maps included, and refuses null wherever a component is not
 * {@code @Nullable}: its constructor throws a {@link NullPointerException} that names record and component.
 *
 * <p>{@code builder()} asks for the required components one by one, in wire order; leaving one out does not compile.
 * What has a default or may be null comes last, in any order, and may be left out. {@code toBuilder()} starts from a
 * record's values, to make a changed copy. A builder is for one thread and one record.
 *
 * <h2>Personal data</h2>
 *
 * <p>{@link dev.carillon.events.Pii} marks data that identify a person: names, addresses, user names, accounts in other
 * systems; text that people write or that is written to them, which may contain all of these; and links that show a
 * person's activity without a login. The {@code toString()} of the records masks them.
 *
 * <p>Not marked are ids that identify a person only to someone with access to the LMS: numeric user ids, anonymous user
 * ids, UUIDs of records. They are pseudonyms, and without them no log could identify the failed event.
 *
 * <p>The {@code toString()} of a builder is generated and masks nothing that was set on it directly: do not log builders.
 */
@NullMarked
package dev.carillon.catalog;

import org.jspecify.annotations.NullMarked;
