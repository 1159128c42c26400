package dev.blastscope.datasetstore.web;

import dev.blastscope.dataset.DatasetRejected;
import dev.blastscope.web.ProblemCatalog;
import dev.blastscope.web.ProblemKind;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** The problems of data sets. */
@Component
final class DatasetProblems implements ProblemCatalog {

    @Override
    public List<ProblemKind> kinds() {
        return List.of(
                ProblemKind.of(
                        HttpStatus.BAD_REQUEST,
                        "invalid-dataset-name",
                        "The name has another form",
                        "The name of a data set has 1 to 64 lower-case letters, digits and dashes. Choose such a name."),
                ProblemKind.of(
                        HttpStatus.BAD_REQUEST,
                        "not-a-zip",
                        "The body is not a zip",
                        "The upload is not a readable zip, or only a part of one. Pack the data set again and send the"
                                + " whole file."),
                ProblemKind.of(
                        HttpStatus.NOT_FOUND,
                        "no-such-dataset",
                        "There is no data set of this name",
                        "There is no data set of this name. List the data sets to see their names."),
                ProblemKind.of(
                        HttpStatus.CONFLICT,
                        "dataset-taken",
                        "The name has another content, or is being uploaded",
                        "There is a data set of this name with other content, and data sets never change. Choose another"
                                + " name, or delete that one first."),
                ProblemKind.of(
                        HttpStatus.CONFLICT,
                        "dataset-in-use",
                        "A training reads the data set",
                        "A training reads this data set. Wait until it has ended, or cancel it, and then delete the data"
                                + " set."),
                ProblemKind.of(
                        HttpStatus.CONTENT_TOO_LARGE,
                        "dataset-too-large",
                        "Too many bytes or entries, packed or unpacked",
                        "The archive has 30,000 entries; the maximum is 20,000. Send a smaller data set, or ask the"
                                + " operator to raise blastscope.datasets.max-entries."),
                ProblemKind.of(
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        "unsafe-archive",
                        "Entries of the zip break a rule: refusals lists up to 100 of them, refusalsInAll counts all",
                        "Nothing was stored, because 2 entries of the archive break a rule. Correct them or leave them"
                                + " out, as their reasons say, and send the archive again."),
                ProblemKind.of(
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        DatasetRejected.CODE,
                        "A class has too few usable images: refusals lists up to 100 files that were left out,"
                                + " refusalsInAll counts all",
                        "The data set has no usable image of: pro_b. A data set needs images of every class; see what was"
                                + " left out, and why."),
                ProblemKind.of(
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        "damaged-dataset",
                        "The files of the data set are not those that were uploaded",
                        "Data set taleqani cannot be used, because its content does not match its digest. Delete it and"
                                + " upload it again; models that were trained on it stay."),
                ProblemKind.of(
                        HttpStatus.INSUFFICIENT_STORAGE,
                        "insufficient-storage",
                        "The disk, or the database that replicas share, has too little free space",
                        "The disk has too little free space for this data set, and nothing was stored. Delete data sets"
                                + " that are no longer needed, or ask the operator for more space."));
    }
}
