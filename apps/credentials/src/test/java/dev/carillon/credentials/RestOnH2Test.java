package dev.carillon.credentials;

@OnH2
class RestOnH2Test extends RestContract {}
