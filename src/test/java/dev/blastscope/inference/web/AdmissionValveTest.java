package dev.blastscope.inference.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;

class AdmissionValveTest {

    @ParameterizedTest
    @CsvSource({
        "POST, '', /api/v1/predictions, true",
        "POST, '', /api/v1/predictions/batch, true",
        "POST, /blastscope, /blastscope/api/v1/predictions, true",
        "POST, '', /api/v1/explanations, true",
        "POST, /blastscope, /blastscope/api/v1/explanations, true",
        "POST, /a/b, /a/b/api/v1/predictions/batch, true",
        "GET, '', /api/v1/predictions, false",
        "POST, '', /api/v1/predictionsmore, false",
        "POST, /blastscope, /blastscope/api/v1/admin/keys, false"
    })
    void knowsAnUploadUnderAnyContextPath(String method, String contextPath, String address, boolean upload) {
        MockHttpServletRequest request = new MockHttpServletRequest(method, address);
        request.setContextPath(contextPath);

        assertThat(AdmissionValve.isUpload(request)).isEqualTo(upload);
    }
}
