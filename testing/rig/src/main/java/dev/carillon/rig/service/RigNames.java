package dev.carillon.rig.service;

/** Names that the rig shares with its services. */
public final class RigNames {

    /** The topic of all events. */
    public static final String TOPIC = "rig-steps";

    /** The consumer group. */
    public static final String GROUP = "rig";

    /** Environment variable: the name of the service. */
    public static final String NAME = "RIG_NAME";

    /** Environment variable: the URL of the database, through the service's own proxy. */
    public static final String DATABASE = "RIG_DATABASE_URL";

    /** Environment variable: the folder of the run. */
    public static final String FOLDER = "RIG_FOLDER";

    /** Environment variable: how many transactions a second a producer attempts. */
    public static final String RATE = "RIG_RATE";

    /** Environment variable, on Redis only: the lease of consumers, in seconds. */
    public static final String LEASE_SECONDS = "RIG_LEASE_SECONDS";

    /** The file with all calls of receivers. */
    public static final String DELIVERIES = "deliveries";

    /** The file with the incidents that consumers report. */
    public static final String INCIDENTS = "incidents";

    private RigNames() {}
}
