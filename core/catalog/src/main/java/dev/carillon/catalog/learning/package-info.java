/** Learners and their courses: registration, enrollments, grades, certificates, exams, discussions, notifications. */
@NullMarked
package dev.carillon.catalog.learning;

import org.jspecify.annotations.NullMarked;
