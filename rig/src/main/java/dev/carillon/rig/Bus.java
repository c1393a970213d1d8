package dev.carillon.rig;

/** The brokers under trial. */
enum Bus {
    REDIS,
    KAFKA
}
