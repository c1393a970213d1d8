/**
 * Event data as Avro bytes and as JSON. The format is derived from the records that hold the data.
 *
 * <p>{@link dev.carillon.avro.EventCodecs} keeps an {@link dev.carillon.avro.EventCodec} for each signal: bytes, schema,
 * and JSON with {@link dev.carillon.avro.EventCodec#json()}. {@link dev.carillon.avro.SchemaHistory} has the schemas of
 * every release of the Python library since 0.10.0.
 *
 * <h2>Supported component types</h2>
 *
 * <table>
 * <caption>Java, Avro and JSON</caption>
 * <tr><th>component</th><th>Avro</th><th>JSON</th></tr>
 * <tr><td>{@code boolean}, {@code Boolean}</td><td>boolean</td><td>true, false</td></tr>
 * <tr><td>{@code long}, {@code int}, {@code Long}, {@code Integer}</td><td>long</td><td>whole number</td></tr>
 * <tr><td>{@code double}, {@code Double}</td><td>double</td>
 *     <td>number, or "NaN", "Infinity", "-Infinity"</td></tr>
 * <tr><td>{@code String}</td><td>string</td><td>text</td></tr>
 * <tr><td>{@code OffsetDateTime}; {@code Instant}, which is written in UTC</td><td>string</td>
 *     <td>"2024-01-02T03:04:05.000006+00:00"</td></tr>
 * <tr><td>{@code UUID}, {@code CourseKey} and the other opaque keys</td><td>string</td><td>text</td></tr>
 * <tr><td>{@code byte[]}, {@code ByteBuffer}</td><td>bytes</td><td>Base64 text</td></tr>
 * <tr><td>{@code List<T>}</td><td>array</td><td>list</td></tr>
 * <tr><td>{@code Map<String, T>}</td><td>map</td><td>object</td></tr>
 * <tr><td>a record</td><td>record</td><td>object</td></tr>
 * <tr><td>{@code @Nullable T} (JSpecify's)</td><td>["null", T], default null</td><td>T or null</td></tr>
 * </table>
 *
 * <p>Fields are named as {@link dev.carillon.events.WireNames} defines. A missing field gets its {@link
 * dev.carillon.events.DefaultValue}, or null where the component is {@code @Nullable}; all other fields are required.
 * Creating a codec fails for any other component type.
 */
@NullMarked
package dev.carillon.avro;

import org.jspecify.annotations.NullMarked;
