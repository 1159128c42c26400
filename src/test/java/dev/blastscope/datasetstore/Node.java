package dev.blastscope.datasetstore;

import dev.blastscope.database.Sharing;
import dev.blastscope.dataset.Dataset;
import dev.blastscope.dataset.LabelledImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/** What of a replica has to do with data sets: a folder of its own, and the database of all. */
final class Node {

    final DatasetStore store;
    final JdbcClient jdbc;
    final SharedRows rows;
    final SharedFiles files;
    final Datasets datasets;
    final Housekeeping housekeeping;

    Node(Path home, String database) {
        this(home, database, () -> {});
    }

    /** A node that does something before it shares an upload. */
    Node(Path home, String database, Runnable before) {
        DriverManagerDataSource source = new DriverManagerDataSource(database);
        Flyway.configure().dataSource(source).load().migrate();
        TransactionOperations transactions = new TransactionTemplate(new DataSourceTransactionManager(source));
        DatasetSettings settings = Stores.shared(Sharing.DATABASE);
        store = Stores.in(home.resolve("datasets"));
        jdbc = JdbcClient.create(source);
        rows = new SharedRows(jdbc, transactions);
        files = new SharedFiles(rows) {
            @Override
            boolean add(DatasetReport report, Packing packing) throws IOException, DatasetRefused {
                before.run();
                return super.add(report, packing);
            }
        };
        datasets = new DatasetStoreConfiguration().datasets(store, rows, files, details(database), settings);
        housekeeping = new Housekeeping(store, rows, files, details(database), settings);
    }

    Datasets.Stored put(String name, byte[] zip) throws Exception {
        return datasets.put(new DatasetName(name), zip.length, new ByteArrayInputStream(zip));
    }

    List<String> names() {
        return datasets.reports().stream().map(DatasetReport::name).toList();
    }

    /** Brings the data set here, and reads it. */
    List<LabelledImage> images(String name) throws Exception {
        return Dataset.read(datasets.fetch(name).folder((done, total) -> {})).images();
    }

    long count(String table) {
        return jdbc.sql("select count(*) from " + table).query(Long.class).single();
    }

    private static JdbcConnectionDetails details(String database) {
        return new JdbcConnectionDetails() {
            @Override
            public String getUsername() {
                return "";
            }

            @Override
            public String getPassword() {
                return "";
            }

            @Override
            public String getJdbcUrl() {
                return database;
            }
        };
    }
}
