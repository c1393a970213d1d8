package org.example.confirmation;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class ConfirmationApplication {

    public static void main(String[] args) {
        SpringApplication.run(ConfirmationApplication.class, args);
    }
}
