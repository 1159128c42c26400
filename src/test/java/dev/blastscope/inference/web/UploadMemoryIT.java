package dev.blastscope.inference.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blastscope.web.RequestRefused;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class UploadMemoryIT {

    private static final int MEGABYTE = 1 << 20;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final UploadMemory memory = new UploadMemory(10 * MEGABYTE, 4 * MEGABYTE, registry);

    @Test
    void anUploadThatDoesNotFitBesideTheOthersIsRefusedAndCounted() {
        begin(upload(6 * MEGABYTE));
        begin(upload(4 * MEGABYTE));
        assertThatThrownBy(() -> begin(upload(1)))
                .isInstanceOf(RequestRefused.class)
                .hasMessageContaining("Try again in 1 s");
        assertThat(registry.counter("blastscope.refusals", "reason", "too-many-uploads")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void anAnswerGivesTheMemoryBack() {
        MockHttpServletRequest first = upload(10 * MEGABYTE);
        begin(first);
        end(first);
        assertThatCode(() -> begin(upload(10 * MEGABYTE))).doesNotThrowAnyException();
    }

    @Test
    void anUploadLargerThanAllMemoryIsTakenWhenItIsAlone() {
        begin(upload(50 * MEGABYTE));
        assertThatThrownBy(() -> begin(upload(1))).isInstanceOf(RequestRefused.class);
    }

    @Test
    void anUploadThatDoesNotAnnounceItsLengthCountsAsALargeOne() {
        begin(upload(-1));
        begin(upload(-1));
        assertThatThrownBy(() -> begin(upload(-1))).isInstanceOf(RequestRefused.class);
    }

    private void begin(MockHttpServletRequest request) {
        memory.preHandle(request, new MockHttpServletResponse(), this);
    }

    private void end(MockHttpServletRequest request) {
        memory.afterCompletion(request, new MockHttpServletResponse(), this, null);
    }

    private static MockHttpServletRequest upload(int length) {
        return new MockHttpServletRequest() {
            @Override
            public long getContentLengthLong() {
                return length;
            }
        };
    }
}
