package dev.blastscope.inference.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastscope.Blastscope;
import dev.blastscope.Smears;
import dev.blastscope.keptimages.KeptImages;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What an operator who keeps images finds again. */
@SpringBootTest(
        classes = Blastscope.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "blastscope.security.admin-key=" + RunningService.ADMIN_KEY,
            "blastscope.images.keep=true",
            "blastscope.images.max-size=1MB"
        })
class KeptImagesIT {

    @TempDir
    private static Path home = Path.of("");

    @LocalServerPort
    private int port;

    @Autowired
    private KeptImages kept;

    private ServiceClient client;

    @DynamicPropertySource
    static void home(DynamicPropertyRegistry properties) {
        properties.add("blastscope.home", home::toString);
    }

    @BeforeEach
    void ready() {
        client = new ServiceClient(port).whenReady();
    }

    @Test
    void aPostedImageHasAThumbnailUntilItIsErased() throws Exception {
        byte[] smear = Smears.jpeg(Smears.preB(3, 640, 480));
        String sha256 = DigestUtils.sha256Hex(smear);
        assertThat(thumbnail(sha256).statusCode()).isEqualTo(404);

        client.post("image/jpeg", smear);

        assertThat(Files.readAllBytes(posted(sha256))).isEqualTo(smear);
        HttpResponse<byte[]> small = thumbnail(sha256);
        assertThat(small.headers().firstValue("Content-Type")).hasValue("image/jpeg");
        assertThat(ImageIO.read(new ByteArrayInputStream(small.body())).getWidth())
                .isEqualTo(256);

        assertThat(client.send("DELETE", "/api/v1/admin/images/" + sha256).status())
                .isEqualTo(204);
        assertThat(thumbnail(sha256).statusCode()).isEqualTo(404);
        assertThat(posted(sha256)).doesNotExist();
        assertThat(client.get("/api/v1/admin/audit?limit=1000").body()).contains("IMAGE_ERASED");
    }

    @Test
    void eachImageOfABatchIsKeptAndOneThatIsRefusedIsNot() {
        byte[] one = Smears.png(Smears.benign(7));
        byte[] other = Smears.png(Smears.proB(7));
        byte[] text = {1, 2, 3};

        client.form(ServiceClient.BATCH, PredictionContractIT.images(one, text, other));

        assertThat(posted(DigestUtils.sha256Hex(one))).exists();
        assertThat(posted(DigestUtils.sha256Hex(other))).exists();
        assertThat(posted(DigestUtils.sha256Hex(text))).doesNotExist();
    }

    @Test
    void aFileThatWasTornIsNotShown() throws Exception {
        byte[] smear = Smears.png(Smears.preB(8));
        String sha256 = DigestUtils.sha256Hex(smear);
        client.post("image/png", smear);
        Files.write(posted(sha256), new byte[100]);

        assertThat(thumbnail(sha256).statusCode()).isEqualTo(404);
    }

    @Test
    void whatDoesNotFitIsNotKeptAndThePredictionIsAnswered() throws Exception {
        byte[] noise = Smears.png(noise());

        assertThat(client.post("image/png", noise).status()).isEqualTo(200);

        assertThat(posted(DigestUtils.sha256Hex(noise))).doesNotExist();
        assertThat(client.get("/actuator/prometheus").body())
                .containsPattern("blastscope_images_not_kept_total [1-9]")
                .contains("blastscope_images_size_bytes");
    }

    @Test
    void trainingImagesHaveThumbnails() throws Exception {
        Path image = Files.write(home.resolve("training.png"), Smears.png(Smears.benign(9)));
        Path text = Files.write(home.resolve("notes.txt"), new byte[] {1});

        kept.keepThumbnails(List.of(text, image));

        assertThat(thumbnail(DigestUtils.sha256Hex(Files.readAllBytes(image))).statusCode())
                .isEqualTo(200);
        try (Stream<Path> all = Files.walk(home.resolve("images/training"))) {
            assertThat(all.filter(Files::isRegularFile)).hasSize(1);
        }
    }

    @Test
    void aNameThatIsNoHashReachesNoFile() {

        client.get("/api/v1/images/" + "A".repeat(64) + "/thumbnail").isProblem(404, "unknown-image");
        assertThat(client.send("DELETE", "/api/v1/admin/images/nothing").status())
                .isEqualTo(204);
    }

    private static Path posted(String sha256) {
        return home.resolve("images/posted").resolve(sha256.substring(0, 2)).resolve(sha256);
    }

    private HttpResponse<byte[]> thumbnail(String sha256) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(
                                        "http://localhost:" + port + "/api/v1/images/" + sha256 + "/thumbnail"))
                                .build(),
                        BodyHandlers.ofByteArray());
    }

    /** More than a megabyte as PNG. */
    private static BufferedImage noise() {
        Random random = new Random(1);
        var image = new BufferedImage(700, 700, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 700; y++) {
            for (int x = 0; x < 700; x++) {
                image.setRGB(x, y, random.nextInt());
            }
        }
        return image;
    }
}
