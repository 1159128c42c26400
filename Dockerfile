# The service as a container image, for linux/amd64 and linux/arm64:
#
#   docker build -t blastscope:0.1.0 .                       on CPUs
#   docker build -t blastscope:0.1.0-gpu --target gpu .      with libtorch for CUDA 12.8, linux/amd64 only
#
# It runs as nobody in particular (10001), on a read-only root: state goes to /var/lib/blastscope, what is passing to /tmp.

FROM eclipse-temurin:25-jdk AS build
WORKDIR /build
COPY . .
RUN --mount=type=cache,target=/root/.m2 \
    ./mvnw --batch-mode --quiet package -Dmaven.test.skip=true -Dspotless.check.skip=true \
    && java -Djarmode=tools -jar target/blastscope.jar extract --layers --destination layers
# Native libraries lie beside the program: nothing has to be unpacked to start, and no file system be writable and executable.
WORKDIR /build/native
RUN lib=../layers/dependencies/lib machine=$(uname -m) \
    && jar --extract --file $lib/pytorch-native-cpu-*.jar pytorch/cpu \
    && jar --extract --file $lib/pytorch-jni-*.jar jnilib \
    && jar --extract --file $lib/onnxruntime-*.jar ai/onnxruntime/native \
    && jar --extract --file $lib/jna-*.jar com/sun/jna \
    && mkdir /native /libtorch \
    && mv ai/onnxruntime/native/linux-$(echo $machine | sed s/x86_64/x64/)/* /native \
    && mv com/sun/jna/linux-$(echo $machine | tr _ -)/* /native \
    && mv pytorch/cpu/*/* jnilib/linux-$machine/cpu/* /libtorch \
    # 90 MB of names that nobody links against.
    && strip --strip-unneeded /libtorch/libtorch_cpu.so
# Nor do they lie in the image a second time, in jars.
WORKDIR /build/onnxruntime
RUN lib=../layers/dependencies/lib jar=$(basename ../layers/dependencies/lib/onnxruntime-*.jar) \
    && rm $lib/pytorch-native-cpu-*.jar $lib/pytorch-jni-*.jar \
    && jar --extract --file $lib/$jar && rm -r ai/onnxruntime/native && jar --create --no-manifest --file $lib/$jar .

FROM eclipse-temurin:25-jdk AS jre
# What `jdeps` names, and what is only looked up while running: zip file systems, names of hosts, jcmd for whoever diagnoses.
RUN jlink --output /jre --no-header-files --no-man-pages --add-modules \
java.base,java.compiler,java.desktop,java.instrument,java.management,java.naming,java.net.http,java.prefs,java.rmi,\
java.scripting,java.security.jgss,java.sql.rowset,java.transaction.xa,java.xml,\
jdk.crypto.ec,jdk.jcmd,jdk.jfr,jdk.management,jdk.naming.dns,jdk.net,jdk.unsupported,jdk.zipfs

# DJL's own build of libtorch for CUDA, with all it needs but the driver; it is on DJL's server, not on Maven Central.
FROM eclipse-temurin:25-jdk AS libtorch-gpu
ARG PYTORCH=2.7.1
WORKDIR /libtorch
RUN --mount=type=bind,from=build,source=/build/native,target=/native \
    server=https://publish.djl.ai/pytorch/$PYTORCH \
    && curl -fsS $server/files.txt | grep '^cu128/linux-x86_64/' > /files \
    && while read -r file; do \
        curl -fsS "$server/$file" | gunzip > "$(basename "$file" .gz | sed 's/%2B/+/g')" || exit 1; \
    done < /files \
    && cp /native/jnilib/linux-x86_64/cu128/* . \
    && mkdir /native-gpu && ln -s /opt/blastscope/libtorch/"$(ls | grep -m1 ^libcudart)" /native-gpu/libcudart.so

FROM debian:trixie-slim AS system
RUN useradd --uid 10001 --home-dir /var/lib/blastscope blastscope \
    && install -d -o blastscope -g blastscope -m 750 /var/lib/blastscope
COPY --from=jre /jre /opt/java
COPY --chmod=755 src/main/docker/ready /opt/blastscope/
COPY src/main/docker/java.options LICENSE /opt/blastscope/
# MALLOC_ARENA_MAX: see dev.blastscope.network.NativeRuntime, which sets the rest itself.
ENV PATH=/opt/java/bin:$PATH \
    BLASTSCOPE_HOME=/var/lib/blastscope \
    PYTORCH_LIBRARY_PATH=/opt/blastscope/libtorch \
    MALLOC_ARENA_MAX=1
WORKDIR /var/lib/blastscope
VOLUME /var/lib/blastscope
EXPOSE 8080
ENTRYPOINT ["java", "@/opt/blastscope/java.options", "-XX:AOTCache=/opt/blastscope/blastscope.aot", \
    "-jar", "/opt/blastscope/blastscope.jar"]
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s CMD ["/opt/blastscope/ready"]
LABEL org.opencontainers.image.title="Blastscope" \
    org.opencontainers.image.description="Screens photographs of blood smears for leukaemia; research use only" \
    org.opencontainers.image.licenses="Apache-2.0"

# Starts the service once, so that the image's Java knows beforehand which classes that takes.
FROM system AS program
COPY --from=build /native /opt/blastscope/native
COPY --from=build /build/layers/dependencies /build/layers/snapshot-dependencies /build/layers/application /opt/blastscope/
COPY samples /samples
COPY --chmod=755 src/main/docker/rehearse /
RUN /rehearse /opt/blastscope/blastscope.aot /samples/*.jpg

FROM system AS gpu
ENV PYTORCH_FLAVOR=cu128 NVIDIA_VISIBLE_DEVICES=all NVIDIA_DRIVER_CAPABILITIES=compute,utility
COPY --from=libtorch-gpu /libtorch /opt/blastscope/libtorch
COPY --from=program /opt/blastscope/native /opt/blastscope/native
COPY --from=libtorch-gpu /native-gpu /opt/blastscope/native
COPY --from=program /opt/blastscope/lib /opt/blastscope/lib
COPY --from=program /opt/blastscope/blastscope.jar /opt/blastscope/blastscope.aot /opt/blastscope/
USER 10001:10001

FROM system AS cpu
ENV PYTORCH_FLAVOR=cpu
COPY --from=build /libtorch /opt/blastscope/libtorch
COPY --from=program /opt/blastscope/native /opt/blastscope/native
COPY --from=program /opt/blastscope/lib /opt/blastscope/lib
COPY --from=program /opt/blastscope/blastscope.jar /opt/blastscope/blastscope.aot /opt/blastscope/
USER 10001:10001
