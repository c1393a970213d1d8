package dev.carillon.credentials;

@OnH2
class CertificatesOnH2Test extends CertificateContract {}
