#!/usr/bin/env bash
# Proves the Dockerfile where there is no container engine: builds it with buildah upon base images of its own making, starts
# the image as a cluster would (nobody's uid, read-only root, no network, memory limit) and posts a picture.
#
#   bench/image/run.sh [--target cpu] [--jdk DIR] [--starts 5] [--memory 2G] [--picture samples/pre-b.jpg] [--work DIR] [--keep yes]
#
# Needs root on Debian, buildah, debootstrap, curl, python3 and an installed JDK 25. All of it lies below --work, which goes.
set -euo pipefail
cd "$(dirname "$0")/../.."
target=cpu jdk=/usr/lib/jvm/temurin-25-jdk-amd64 starts=5 memory=2G picture=samples/pre-b.jpg work=/tmp/blastscope-image keep=no
while [ $# -gt 0 ]; do
    case $1 in
        --target | --jdk | --starts | --memory | --picture | --work | --keep) declare "${1#--}=$2" && shift 2 ;;
        *) sed -n '2,7s/^# \?//p' "$0"; exit 2 ;;
    esac
done
. bench/image/box.sh
trap clean_up EXIT
trap 'exit 130' INT TERM

if command -v docker-compose > /dev/null && [ -f docker-compose.yml ]; then
    docker-compose config --quiet && echo "docker-compose.yml is valid"
fi
base_images
store bud --isolation chroot --format docker --layers --pull-never --target "$target" --volume "$HOME/.m2:/root/.m2" \
    --tag blastscope . > "$work/build.log" 2>&1 || { tail -40 "$work/build.log" >&2; exit 1; }
layers

# start_to_ready CACHE: a fresh container, with the ahead-of-time cache or without.
start_to_ready() {
    local begin now
    begin=$(date +%s%N)
    start_container -XX:AOTMode="$1"
    wait_until_ready
    now=$(date +%s%N)
    local first memory_used
    first=$(inside curl -fsS -o "$work/answer" -w '%{time_total}' -F "image=@$picture" http://localhost:8080/api/v1/predictions)
    memory_used=$(awk '/VmRSS/ { print int($2 / 1024) }' "/proc/$(pgrep --parent $engine)/status")
    printf '%-6s %8.2f %8.3f %8d\n' "$1" "$(bc <<< "scale=3; ($now - $begin) / 1000000000")" "$first" "$memory_used"
    stop_container
}

open_image
echo "cache   ready/s  first/s   RSS/MB   ($memory, $(nproc) CPUs)"
for _ in $(seq "$starts"); do
    for cache in auto off; do start_to_ready $cache; done
done
cat "$work/answer" && echo
