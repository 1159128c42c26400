package dev.blastscope;

import dev.blastscope.commandline.Commands;
import dev.blastscope.network.NativeRuntime;
import java.util.OptionalInt;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The entry point: runs the command that the arguments name or, where they name none, starts the service. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class Blastscope {

    public static void main(String[] args) {
        NativeRuntime.prepare();
        OptionalInt exitCode = Commands.run(args);
        if (exitCode.isPresent()) {
            System.exit(exitCode.getAsInt());
        }
        SpringApplication.run(Blastscope.class, args);
    }
}
