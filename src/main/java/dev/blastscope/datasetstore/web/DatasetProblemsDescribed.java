package dev.blastscope.datasetstore.web;

import dev.blastscope.web.ApiDescription;
import io.swagger.v3.oas.models.OpenAPI;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Describes the refusals of data sets in the OpenAPI document, with an example each. */
@Component
final class DatasetProblemsDescribed implements OpenApiCustomizer {

    static final String INVALID_NAME =
            "A data set's name has lower-case letters, digits and dashes, 64 of them at most. Choose such a name.";
    static final String IN_USE =
            "A training reads this data set. Wait until it has ended, or cancel it, and delete the data set then.";

    @Override
    public void customise(OpenAPI api) {
        api.getComponents()
                .addResponses(
                        "MalformedDataset",
                        ApiDescription.problem(
                                "A name of another form, an upload cut short, or no zip",
                                HttpStatus.BAD_REQUEST,
                                "invalid-dataset-name",
                                INVALID_NAME))
                .addResponses(
                        "DatasetTaken",
                        ApiDescription.problem(
                                "The name has another content, or is being uploaded",
                                HttpStatus.CONFLICT,
                                "dataset-taken",
                                "There is a data set of this name with other content, and data sets never change. Choose"
                                        + " another name, or delete that one first."))
                .addResponses(
                        "DatasetTooLarge",
                        ApiDescription.problem(
                                "Too many bytes or entries, packed or unpacked",
                                HttpStatus.CONTENT_TOO_LARGE,
                                "dataset-too-large",
                                "The archive has 30,000 entries; at most 20,000 are accepted."))
                .addResponses(
                        "DatasetRefused",
                        ApiDescription.problem(
                                "Entries that are not safe, or a class without usable images; the problem's refusals list up"
                                        + " to a hundred of them, refusalsInAll counts them",
                                HttpStatus.UNPROCESSABLE_CONTENT,
                                "unusable-dataset",
                                "The data set has no usable image of: pro_b."))
                .addResponses(
                        "NoRoom",
                        ApiDescription.problem(
                                "The disk, or the database that replicas share, has no room",
                                HttpStatus.INSUFFICIENT_STORAGE,
                                "no-room",
                                "The disk has no room for this data set, and nothing of it was stored."))
                .addResponses(
                        "NoSuchDataset",
                        ApiDescription.problem(
                                "No data set has this name",
                                HttpStatus.NOT_FOUND,
                                "no-such-dataset",
                                "There is no data set of this name. The list of data sets shows which there are."))
                .addResponses(
                        "DatasetInUse",
                        ApiDescription.problem(
                                "A training reads the data set", HttpStatus.CONFLICT, "dataset-in-use", IN_USE));
    }
}
