package dev.blastscope.commandline;

import dev.blastscope.modelstore.OutOfFoldAnswers;
import dev.blastscope.prediction.Subtype;
import dev.blastscope.training.ModelEvaluation.ImageAnswer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes the answer for each image to a file: JSON if its name ends so, else CSV with the same names. */
final class AnswersFile {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private AnswersFile() {}

    /** @param answers one at least */
    static void write(List<ImageAnswer> answers, Path file) throws IOException {
        List<Map<String, Object>> rows = answers.stream().map(AnswersFile::row).toList();
        if (file.toString().endsWith(".json")) {
            Files.writeString(file, JSON.writeValueAsString(rows) + "\n");
            return;
        }
        try (CSVPrinter csv = new CSVPrinter(Files.newBufferedWriter(file), CSVFormat.RFC4180)) {
            csv.printRecord(rows.get(0).keySet());
            for (Map<String, Object> row : rows) {
                csv.printRecord(row.values());
            }
        }
    }

    private static Map<String, Object> row(ImageAnswer image) {
        OutOfFoldAnswers.Row answer = image.answer();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("image", image.name());
        row.put("sha256", answer.sha256());
        row.put("group", answer.group());
        row.put("new", image.isNew());
        row.put("truth", answer.truth());
        row.put("outcome", image.outcome());
        row.put(
                "reasons",
                image.reasons().stream().map(reason -> reason.code().name()).collect(Collectors.joining(" ")));
        row.put("called", answer.smearClass());
        row.put("malignant", answer.malignant());
        for (Subtype subtype : Subtype.values()) {
            row.put(subtype.name().toLowerCase(Locale.ROOT), answer.subtypes().get(subtype.ordinal()));
        }
        row.put("sharpness", answer.quality().sharpness());
        row.put("brightness", answer.quality().brightness());
        row.put("stain", answer.quality().stain());
        return row;
    }
}
