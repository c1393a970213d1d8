package dev.carillon.credentials;

@OnPostgres
class RestOnPostgresTest extends RestContract {}
