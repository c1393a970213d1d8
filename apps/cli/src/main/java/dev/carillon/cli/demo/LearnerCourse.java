package dev.carillon.cli.demo;

/**
 * Who holds a credential for what.
 *
 * @param learner the LMS's user id
 * @param course the course key
 */
record LearnerCourse(long learner, String course) {}
