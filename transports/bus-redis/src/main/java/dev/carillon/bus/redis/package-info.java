/**
 * The transport for Redis Streams. {@code RedisTransportProvider} is its only public type.
 *
 * <ul>
 *   <li>Configuration: {@code RedisUrl} and its parser for a connection, {@code SourceOptions} for a consumer.
 *   <li>Connections and commands: {@code RedisConnector}, {@code RedisCommandExecutor}, {@code StreamCommands}, {@code
 *       RedisExceptionTranslator}; {@code WireFormat} and {@code EntryOutput} write and read the entries.
 *   <li>Publishing: {@code RedisSink}. Storing dead letters: {@code RedisStore}.
 *   <li>Consuming: {@code RedisSource} with {@code MessageFetcher}, {@code PendingEntriesReader} and {@code ClaimRenewer}.
 *   <li>One active member per topic: {@code LeaseKeeper}, {@code TopicOwnership}, {@code LeasedTopics}, {@code GroupStateStore}.
 *   <li>Incidents: {@code GroupMonitor} with {@code GroupIncidentDetector}, {@code TrimLossDetector}, {@code DeliveryLedger} and
 *       {@code PendingLossDetector}.
 *   <li>Administration: {@code RedisAdmin}, {@code GroupInspector}, {@code RedisChecks}, {@code PermissionProbe}.
 * </ul>
 */
@NullMarked
package dev.carillon.bus.redis;

import org.jspecify.annotations.NullMarked;
