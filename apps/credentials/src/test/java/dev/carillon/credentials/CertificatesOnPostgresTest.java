package dev.carillon.credentials;

@OnPostgres
class CertificatesOnPostgresTest extends CertificateContract {}
