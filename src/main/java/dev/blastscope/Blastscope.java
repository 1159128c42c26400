package dev.blastscope;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The service's entry point. */
@SpringBootApplication
public class Blastscope {

    public static void main(String[] args) {
        SpringApplication.run(Blastscope.class, args);
    }
}
