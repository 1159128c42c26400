# Sourced by the benchmarks: starts the packaged service and whatever else they need, and stops all of it at their end.

started=()
stop_started() {
    for pid in "${started[@]}"; do kill "$pid" 2> /dev/null || true; done
    wait 2> /dev/null || true
}
trap stop_started EXIT
trap 'exit 130' INT TERM

# start LOG URL COMMAND...: runs a server in the background and waits until URL answers; its process is ${started[-1]}.
start() {
    local log=$1 url=$2
    shift 2
    "$@" > "$log" 2>&1 &
    started+=($!)
    for _ in $(seq 240); do
        curl -fs -o /dev/null "$url" && return 0
        kill -0 "${started[-1]}" 2> /dev/null || break
        sleep 0.5
    done
    echo "$1 did not start; see $log" >&2
    return 1
}

# start_service PORT HOME: the service itself.
start_service() {
    [ -f target/blastscope.jar ] || { echo "Build the jar first: ./mvnw package" >&2; exit 1; }
    start "target/bench/service-$1.log" "http://127.0.0.1:$1/readyz" \
        java -jar target/blastscope.jar --server.port="$1" --server.address=127.0.0.1 --blastscope.home="$2"
}
