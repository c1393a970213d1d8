package dev.carillon.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.carillon.testing.CapturedLog;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a receiver says about an event reaches the log without the event's personal data, whatever the record's own text shows. */
class PersonalDataInLogsTest {

    /** Its author forgot to mask it. */
    record Reader(@Pii String username, @Pii Contact contact, int id) {}

    record Contact(String email, long phone) {}

    record Loan(Reader reader, Map<String, Reader> byRole, String isbn) {}

    record Careful(@Pii String username) {
        @Override
        public String toString() {
            return Masked.toString(this);
        }
    }

    private static final Reader ADA = new Reader("ada-lovelace", new Contact("ada@example.org", 4915112345L), 7);
    private static final Loan LOAN = new Loan(ADA, Map.of("first-reader", ADA), "978-3");
    private static final String[] SECRETS = {
        "ada-lovelace", "Ada-Lovelace", "ada@example.org", "ada%40example.org", "4915112345", "first-reader"
    };
    private static final Signal<Loan> LENT = Signal.of("org.example.lent.v1", "loan", Loan.class);

    private final CapturedLog log = new CapturedLog();
    private final Events events = Events.create("library");

    @AfterEach
    void closeLog() {
        log.close();
    }

    private String everythingLogged() {
        StringWriter text = new StringWriter();
        log.messages(Level.SEVERE).forEach(text::append);
        log.causes().forEach(cause -> {
            if (cause != null) {
                cause.printStackTrace(new PrintWriter(text));
            }
        });
        return text.toString();
    }

    @Test
    @SuppressWarnings("OrphanedFormatString") // an address as browsers write it
    void anExceptionThatQuotesThePersonIsLoggedWithoutThem() {
        events.connect(LENT, event -> {
            IllegalStateException deep = new IllegalStateException("GET /users?mail=ada%40example.org gave 404");
            deep.addSuppressed(new IllegalStateException("phone 4915112345"));
            throw new IllegalArgumentException("no such user: Ada-Lovelace in " + event.data(), deep);
        });

        SendResult result = events.send(LENT, LOAN);

        assertThat(everythingLogged())
                .contains("no such user: ***", "GET /users?mail=*** gave 404", "phone ***", "IllegalArgumentException")
                .contains(getClass().getName())
                .doesNotContain(SECRETS);
        assertThat(result.responses().get(0).toString())
                .contains("IllegalArgumentException")
                .doesNotContain(SECRETS);
        assertThat(result.responses().get(0).failure()).hasMessageContaining("Ada-Lovelace");
    }

    @Test
    void anExecutorThatQuotesThePersonIsLoggedWithoutThem() {
        events.connect(
                LENT,
                event -> {},
                ReceiverOptions.id("lend\u202e" + "x".repeat(299 - "lend".length()))
                        .on(task -> {
                            throw new IllegalStateException("no thread for Ada-Lovelace");
                        }));

        events.send(LENT, LOAN);

        assertThat(everythingLogged())
                .contains("no thread for ***", "lend\\u202ex")
                .doesNotContain("\u202e")
                .doesNotContain(SECRETS);
    }

    @Test
    void anExceptionThatSaysNothingPersonalIsLoggedAsItIs() {
        IllegalStateException failure = new IllegalStateException("no database");
        events.connect(LENT, event -> {
            throw failure;
        });

        events.send(LENT, LOAN);

        assertThat(log.causes()).contains(failure);
    }

    @Test
    void anExceptionCannotForgeALineOrFillTheLog() {
        events.connect(LENT, event -> {
            throw new IllegalStateException("\u001b[2Jgone" + "x".repeat(1_000_000));
        });

        events.send(LENT, LOAN);

        assertThat(everythingLogged())
                .contains("\\u001b[2Jgone")
                .doesNotContain("\u001b")
                .hasSizeLessThan(50_000);
    }

    @Test
    void anExceptionThatIsItsOwnCauseOrFailsToSpeakStopsNothing() {
        IllegalStateException one = new IllegalStateException("ada-lovelace");
        one.initCause(new IllegalStateException("again", one));
        RuntimeException mute = new RuntimeException() {
            @Override
            public String getMessage() {
                throw new IllegalStateException("no words");
            }
        };

        assertThatCode(() -> PiiScrubber.scrub(one, LOAN)).doesNotThrowAnyException();
        assertThat(PiiScrubber.scrub(one, LOAN)).hasMessage("java.lang.IllegalStateException: ***");
        assertThat(PiiScrubber.scrub(mute, LOAN))
                .hasMessageContaining(getClass().getName());
    }

    @Test
    void anExceptionWhoseOwnMethodsThrowAnErrorIsAFailureLikeAnyOther() {
        List<String> others = new ArrayList<>();
        events.connect(LENT, "mute", event -> {
            throw new IllegalStateException() {
                @Override
                public String getMessage() {
                    throw new InternalError("no words");
                }

                @Override
                public synchronized Throwable getCause() {
                    throw new InternalError("no cause");
                }

                @Override
                public StackTraceElement[] getStackTrace() {
                    throw new InternalError("no trace");
                }
            };
        });
        events.connect(LENT, "other", event -> others.add("called"));

        SendResult result = events.send(LENT, LOAN);

        assertThat(result.failures()).extracting(Response::receiverName).containsExactly("mute");
        assertThat(others).containsExactly("called");
        assertThat(everythingLogged()).contains("mute failed");
    }

    @ParameterizedTest(name = "{0} as {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "O'Connor | O''Connor",
                "O'Connor | O\\'CONNOR",
                "O'Brien | O&#39;Brien",
                "O'Brien | O&#039;Brien",
                "O'Brien | O&#x27;Brien",
                "O'Brien | o&apos;brien",
                "O'Brien | O%27Brien",
                "O'Brien & Sons | O&#39;Brien &amp; Sons",
                "O'Brien & Sons | O'Brien+%26+Sons",
                "O'Brien & Sons | O'Brien%20&%20Sons",
                "the \"Count\" <c> | the &quot;Count&quot; &lt;c&gt;",
                "the \"Count\" <c> | the \\\"Count\\\" <c>",
                "the \"Count\" <c> | the \"\"Count\"\" <c>",
                "back\\slash | back\\\\slash",
                "M\u00fc\u00dfig | M\u00dcSSIG",
                "M\u00fc\u00dfig | mu\u0308\u00dfig",
                "M\u00fc\u00dfig | MU\u0308SSIG",
                "Mu\u0308\u00dfig | m\u00fcssig",
                "M\u00fc\u00dfig | M%C3%BC%c3%9fig",
                "M\u00fc\u00dfig | M\\u00fc\\u00dfig",
                "M\u00fc\u00dfig | M&#252;&#xDF;ig",
                "\ufb01nn | FINN",
                "\ud55c\uad6d\uc5b4 | \u1112\u1161\u11ab\u1100\u116e\u11a8\u110b\u1165",
                "O''Connor | O''Connor",
                "a%27b | a%27b",
                "' ' ' | '' '' ''"
            })
    void aPersonIsFoundHoweverADriverOrAPageQuotesThem(String name, String quoted) {
        Careful person = new Careful(name);

        assertThat(PiiScrubber.scrub("no such user: [" + quoted + "]", person)).isEqualTo("no such user: [***]");
    }

    @Test
    @Timeout(60)
    void aNameOfManyQuotesTakesNoLongerThanAnother() {
        Careful person = new Careful("'".repeat(200) + "x");

        assertThat(PiiScrubber.scrub("'".repeat(5_000), person)).doesNotContain(Masked.MASK);
    }

    @Test
    void aKeyFromAMarkedComponentIsShownAsADigest() {
        assertThat(PiiScrubber.key("ada-lovelace", LOAN))
                .matches("key#[0-9a-f]{6}")
                .isEqualTo(PiiScrubber.key("ada-lovelace", null))
                .isNotEqualTo(PiiScrubber.key("ada-byron", null));
        assertThat(PiiScrubber.key("978-3", LOAN)).isEqualTo("978-3");
        assertThat(PiiScrubber.key("\u001b[2J", LOAN)).isEqualTo("\\u001b[2J");
    }

    @Test
    void aRecordThatForgotItsMaskIsNamedWhenItsSignalIsUsed() {
        events.connect(LENT, event -> {});
        events.connect(LENT, event -> {});
        events.connect(Signal.of("org.example.careful.v1", "careful", Careful.class), event -> {});

        List<String> warnings = log.messages(Level.WARNING);
        assertThat(warnings).hasSize(1);
        assertThat(warnings.get(0))
                .contains(Reader.class.getName(), LENT.eventType(), "return Masked.toString(this);")
                .doesNotContain("{{");
    }
}
