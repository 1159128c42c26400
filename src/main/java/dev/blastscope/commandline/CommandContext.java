package dev.blastscope.commandline;

import dev.blastscope.assembly.ApplicationParts;
import dev.blastscope.network.DeviceChoice;
import dev.blastscope.training.TrainingSettings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.autoconfigure.info.ProjectInfoAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import picocli.CommandLine.Option;

/** The options that all commands share, and the Spring context that is made with them and the settings files. */
final class CommandContext {

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "Folder of all state. Default: the setting blastscope.home, or else ./blastscope-home.")
    private @Nullable Path home;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            description = "Device that runs the network: ${COMPLETION-CANDIDATES}. Default: the setting"
                    + " blastscope.device, or else AUTO.")
    private @Nullable DeviceChoice device;

    private final Map<String, Object> settings = new LinkedHashMap<>();

    /** Sets a setting, if it has a value. */
    CommandContext with(String name, @Nullable Object value) {
        if (value != null) {
            settings.put(name, value.toString());
        }
        return this;
    }

    /** Opens the context of models and training; the caller closes it. */
    ConfigurableApplicationContext open() {
        return open(CommandParts.class);
    }

    /** Opens a context of another configuration with the same settings; the caller closes it. */
    ConfigurableApplicationContext open(Class<?> configuration) {
        with("blastscope.home", home);
        with("blastscope.device", device);
        String[] arguments = settings.entrySet().stream()
                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                .toArray(String[]::new);
        return new SpringApplicationBuilder(configuration)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .properties("logging.config=classpath:logback-commands.xml")
                .run(arguments);
    }

    @Import(ApplicationParts.class)
    @EnableConfigurationProperties(TrainingSettings.class)
    @ImportAutoConfiguration({ConfigurationPropertiesAutoConfiguration.class, ProjectInfoAutoConfiguration.class})
    static class CommandParts {}
}
