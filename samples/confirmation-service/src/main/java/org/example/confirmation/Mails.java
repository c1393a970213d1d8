package org.example.confirmation;

import dev.carillon.spring.EventReceiver;
import org.springframework.mail.SimpleMailMessage;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.stereotype.Component;

/** Sends the e-mails. One that cannot be sent is tried again, and becomes a dead letter in the end. */
@Component
class Mails {

    private final JavaMailSender sender;

    Mails(JavaMailSender sender) {
        this.sender = sender;
    }

    @EventReceiver(topic = "confirmations", id = "send", attempts = 8)
    void send(Confirmation confirmation) {
        SimpleMailMessage mail = new SimpleMailMessage();
        mail.setFrom("courses@example.org");
        mail.setTo(confirmation.email());
        mail.setSubject("You have enrolled in " + confirmation.course());
        mail.setText("Welcome, " + confirmation.name() + "!");
        sender.send(mail);
    }
}
