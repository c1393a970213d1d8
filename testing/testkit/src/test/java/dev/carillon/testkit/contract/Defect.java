package dev.carillon.testkit.contract;

/** One way in which a transport can be wrong, and the contract test that must refuse it. */
enum Defect {
    /** The group's position moves when messages are polled, so that a crash loses them. */
    ACKNOWLEDGES_BEFORE_DELIVERY("unacknowledgedEventsAreRedeliveredToTheNextConsumerOfTheSameName"),
    /** A poll returns one message fewer than it read. */
    DROPS_THE_LAST_OF_A_BATCH("deliversEachEventOnceAndEachKeyInOrder"),
    /** A paused topic is read on. */
    IGNORES_PAUSE("aPausedTopicDeliversNothingUntilItIsResumedWhileOthersContinue"),
    /** A header is written under another name than it is read. */
    WRITES_A_WRONG_HEADER_NAME("carriesMetadataAndDataUnchanged"),
    /** Messages are sent without their key. */
    FORGETS_KEYS("messagesOfOneKeyAreInOnePartitionAndKeepTheirKey"),
    /** Messages of users' own events are sent without their schema. */
    FORGETS_SCHEMAS("fieldsInAnotherOrderAreReadByTheirNames"),
    /** The group's own topics start where the consumer says, not at the earliest message. */
    STARTS_OWN_TOPICS_AT_THE_LATEST("aReplayReachesAGroupThatNeverReadItsRetryTopicAndStartsAtTheLatestMessage"),
    /** Positions compare as their texts do. */
    ORDERS_POSITIONS_AS_TEXT("positionsAreInOrderAlsoWhenTheyAreReadBackFromText"),
    /** A text that is no position is taken for the first one. */
    TAKES_ANY_TEXT_FOR_A_POSITION("aTextThatIsNoPositionIsRefused"),
    /** Position 9 counts as later than position 10 when it is acknowledged. */
    COMPARES_POSITIONS_AS_TEXT("eventsAcknowledgedOneByOneAreNeverRedelivered"),
    /** Each member of a group reads every partition. */
    GIVES_A_PARTITION_TO_EVERY_MEMBER("twoMembersOfAGroupReceiveNoEventTwice"),
    /** A consumer that starts moves its group to where new groups start. */
    MOVES_GROUPS_THAT_EXIST("startingAConsumerAfterAPositionNeverMovesAGroupThatExists"),
    /** A forced move does nothing while members are alive. */
    IGNORES_FORCED_MOVES("aForcedMoveMakesLiveMembersContinueAtTheNewPosition"),
    /** A move does not care whether members are alive. */
    MOVES_LIVE_MEMBERS_UNASKED("aGroupWithLiveMembersIsNotMoved"),
    /** The messages sent right after an unpublishable one fail too. */
    FAILS_MESSAGES_AFTER_AN_UNPUBLISHABLE_ONE("anUnpublishableMessageFailsAloneAmongGoodOnes"),
    /** Closing a sink drops what it has not sent yet. */
    DROPS_SENDS_ON_CLOSE("closingASinkCompletesEverySend"),
    /** Dead letters keep only the headers that the event library knows. */
    DROPS_FOREIGN_HEADERS_OF_DEAD_LETTERS("aDeadLetterKeepsTheOriginalMessage"),
    /** Discarding a dead letter does nothing. */
    DISCARDS_NOTHING("aDeadLetterThatIsDiscardedIsGone"),
    /** Diagnostics throw while the broker is down. */
    CHECK_THROWS_WHEN_THE_BROKER_IS_DOWN("checkReportsABrokerThatIsDown");

    private final String refusedBy;

    Defect(String refusedBy) {
        this.refusedBy = refusedBy;
    }

    /** The name of the test method. */
    String refusedBy() {
        return refusedBy;
    }
}
