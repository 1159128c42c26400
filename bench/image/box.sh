# Sourced by run.sh: base images without a registry, and containers without an engine.

export CONTAINERS_REGISTRIES_CONF=$work/registries.conf
store() { local verb=$1; shift; buildah --root "$work/images" --runroot "$work/run" "$verb" "$@"; }

clean_up() {
    stop_container
    store umount --all > /dev/null || true
    store rm --all > /dev/null || true
    [ -z "${limit:-}" ] || rmdir "$limit" || true
    [ "$keep" = yes ] || { store rmi --all --force > /dev/null || true; rm -rf "$work"; }
}

# base_images: what the Dockerfile's FROM lines name, from this machine's Debian mirror and its JDK.
base_images() {
    local debian temurin mirror tree=$work/debian
    mkdir -p "$work" && echo 'unqualified-search-registries = ["docker.io"]' > "$CONTAINERS_REGISTRIES_CONF"
    debian=$(sed -n 's/^FROM \(debian:[^ ]*\).*/\1/p' Dockerfile | sort -u)
    temurin=$(sed -n 's/^FROM \(eclipse-temurin:[^ ]*\).*/\1/p' Dockerfile | sort -u)
    [ -z "$(store images --quiet "$debian" 2> /dev/null)" ] || return 0
    mirror=$(grep -rhoE -m1 'https?://[^ ]+/debian/?( |$)' /etc/apt/sources.list* | head -1 | tr -d ' ')
    local suite=${debian#debian:}
    debootstrap --variant=minbase "${suite%-slim}" "$tree" "${mirror:-http://deb.debian.org/debian}" > "$work/debootstrap.log"
    rm -rf "$tree"/usr/share/{doc,man,info,locale}/* "$tree"/var/{cache/apt,lib/apt/lists}/*
    image "$debian" scratch "$tree" /
    # Debian's packages link to files outside of the JDK.
    cp --recursive --dereference "$jdk" "$work/jdk"
    # The packages that the real one has, too.
    image "$temurin" "$debian" "$work/jdk" /opt/java/openjdk 'apt-get -qq update && apt-get -qq install -y binutils curl'
    rm -rf "$tree" "$work/jdk"
}

# image NAME FROM FOLDER PLACE [COMMAND]
image() {
    local container
    container=$(store from --pull-never "$2")
    [ -z "${5:-}" ] || store run --isolation chroot "$container" sh -c "$5" > "$work/packages.log" 2>&1
    store add --quiet "$container" "$3" "$4" > /dev/null
    [ "$4" = / ] || store config --env JAVA_HOME="$4" --env PATH="$4/bin:/usr/sbin:/usr/bin:/sbin:/bin" "$container"
    store commit --quiet --rm "$container" "docker.io/library/$1" > /dev/null
}

# layers: what each step of the image's making takes, unpacked and as it travels.
layers() {
    store push --quiet blastscope "dir:$work/pushed"
    python3 bench/image/layers.py "$work/pushed"
    rm -rf "$work/pushed"
}

# open_image: makes the image's files visible as $root, and a memory limit that is enforced.
open_image() {
    container=$(store from --pull-never blastscope)
    root=$(store mount "$container")
    mapfile -t environment < <(configured Env)
    mapfile -t entrypoint < <(configured Entrypoint)
    user=$(store inspect --format '{{.OCIv1.Config.User}}' "$container")
    if [ -d /sys/fs/cgroup/memory ]; then
        limit=/sys/fs/cgroup/memory/blastscope-image
        mkdir "$limit" && echo "$memory" > "$limit/memory.limit_in_bytes"
    else
        limit=/sys/fs/cgroup/blastscope-image
        mkdir "$limit" && echo "$memory" > "$limit/memory.max"
    fi
}

configured() { store inspect --format "{{range .OCIv1.Config.$1}}{{println .}}{{end}}" "$container" | sed '/^$/d'; }

# start_container OPTION...: the entry point as process 1 without network, as the image's user, on a read-only root; options
# go to Java. Its log is $work/log.
start_container() {
    rm -rf "$work/home" && install -d -o "${user%:*}" -g "${user#*:}" "$work/home"
    sh -c 'echo $$ > "$0/cgroup.procs" && exec "$@"' "$limit" \
        unshare --net --pid --mount --fork --kill-child bash bench/image/contain.sh "$root" "$work/home" "$user" \
        env -i "${environment[@]}" "${entrypoint[0]}" "${entrypoint[1]}" "$@" "${entrypoint[@]:2}" > "$work/log" 2>&1 &
    engine=$!
}

inside() { nsenter --target "$(pgrep --parent $engine)" --net -- "$@"; }

wait_until_ready() {
    until inside "$root/opt/blastscope/ready" 2> /dev/null; do
        kill -0 $engine 2> /dev/null || { cat "$work/log" >&2; exit 1; }
        sleep 0.05
    done
}

# stop_container: asks process 1 to end, as `docker stop` does.
stop_container() {
    [ -n "${engine:-}" ] || return 0
    pkill -TERM --parent "$engine" || true
    local status=0
    wait "$engine" || status=$?
    engine=
    [ $status = 143 ] || echo "It ended with $status, not by the signal" >&2
}
