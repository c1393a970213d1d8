package dev.carillon.testkit.contract;

/** The parts of the suite work at one bench. */
interface ContractTest {

    /** The running test's. */
    Workbench bench();
}
