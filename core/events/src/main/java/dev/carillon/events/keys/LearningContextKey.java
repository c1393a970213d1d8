package dev.carillon.events.keys;

/** What blocks live in: a course (or what is treated as one), or a content library. */
public sealed interface LearningContextKey extends OpaqueKey permits CourseKey, LibraryLocatorV2 {}
