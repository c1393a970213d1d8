package dev.carillon.credentials.credential;

import dev.carillon.credentials.catalog.Program;

/**
 * The certificate of a program.
 *
 * @param id the number of the row
 * @param active whether it is configured; learners see no certificates of one that is not
 */
public record ProgramCertificate(long id, Program program, boolean active) {}
