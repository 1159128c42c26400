package dev.blastscope.inference.web;

import dev.blastscope.Blastscope;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;

/** The whole service on a port of its own with the embedded model; all tests that bear this share one. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = Blastscope.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "blastscope.home=target/home-of-web-tests",
            "blastscope.security.admin-key=" + RunningService.ADMIN_KEY,
            "blastscope.batching.queue=" + RunningService.QUEUE,
            "blastscope.image.max-bytes=1MB",
            "spring.servlet.multipart.max-request-size=4MB"
        })
public @interface RunningService {

    /** Smaller than a batch request may be, so that one request can overflow it. */
    int QUEUE = 5;

    String ADMIN_KEY = "the-admin-key-of-the-web-tests-0123456789";
}
