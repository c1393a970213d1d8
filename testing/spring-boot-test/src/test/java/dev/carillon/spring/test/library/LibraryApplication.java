package dev.carillon.spring.test.library;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Receives loans, and reminds readers. */
@SpringBootApplication
class LibraryApplication {}
