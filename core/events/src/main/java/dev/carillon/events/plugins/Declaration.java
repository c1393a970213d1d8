package dev.carillon.events.plugins;

/**
 * One receiver as a plugin file declares it.
 *
 * @param place the file, the service type and the receiver, for messages
 * @param className the class that has the method
 * @param dispatchUid the id to connect it under; by default the class name and the method
 */
record Declaration(
        String place, String serviceType, String className, String methodName, String signalPath, String dispatchUid) {}
