package dev.carillon.rig.role;

/** What the services and whoever starts them agree upon. */
public final class Roles {

    /** The topic of the trial. */
    public static final String TOPIC = "rig-steps";

    /** The consumer group. */
    public static final String GROUP = "rig";

    /** Environment variable: what the service is called. */
    public static final String NAME = "RIG_NAME";

    /** Environment variable: the URL of the database, by the service's own way. */
    public static final String DATABASE = "RIG_DATABASE_URL";

    /** Environment variable: the folder of the files that services write. */
    public static final String FOLDER = "RIG_FOLDER";

    /** Environment variable: how many transactions a second a producer attempts. */
    public static final String RATE = "RIG_RATE";

    /** Environment variable, on Redis: how many seconds a consumer that falls silent keeps its lease. */
    public static final String LEASE_SECONDS = "RIG_LEASE_SECONDS";

    /** The file to which every call of a receiver is appended. */
    public static final String DELIVERIES = "deliveries";

    /** The file to which consumers append what they hear of losses. */
    public static final String INCIDENTS = "incidents";

    private Roles() {}
}
