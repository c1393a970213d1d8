package dev.carillon.testkit.contract;

/** A group of contract tests. All parts of a suite use one fixture per test. */
interface ContractPart {

    /** The fixture of the running test. */
    ContractFixture fixture();
}
