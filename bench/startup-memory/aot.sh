#!/usr/bin/env bash
# Measures how soon the service is ready, in turn as the jar, as the extracted jar, and with an ahead-of-time cache of that, which
# needs Java 25; prints medians, and the time of the first answer beside that of the tenth.
#
#   bench/startup-memory/aot.sh [--starts 5] [--port 18086] [--java java]
#
# Build the jar first: ./mvnw package.
set -euo pipefail
cd "$(dirname "$0")/../.."
starts=5 port=18086 java=java
while [ $# -gt 0 ]; do
    case $1 in
        --starts | --port | --java) declare "${1#--}=$2" && shift 2 ;;
        *) sed -n '2,7s/^# \?//p' "$0"; exit 2 ;;
    esac
done
[ -f target/blastscope.jar ] || { echo "Build the jar first: ./mvnw package" >&2; exit 1; }
app=target/bench/app home=target/bench/home-aot at="http://127.0.0.1:$port"
rm -rf $app $home && mkdir -p target/bench
"$java" -Djarmode=tools -jar target/blastscope.jar extract --destination $app > /dev/null

millis() { echo $(($(date +%s%N) / 1000000)); }
post() { curl -fs -o /dev/null -w '%{time_total}' -H 'Content-Type: image/jpeg' --data-binary @samples/pre-b.jpg $at/api/v1/predictions; }
begin() { # begin OPTION...: starts the service and waits until it is ready
    "$java" "$@" --server.port="$port" --server.address=127.0.0.1 --blastscope.home=$home > target/bench/aot.log 2>&1 &
    service=$!
    until curl -fs -o /dev/null $at/readyz; do kill -0 $service || { cat target/bench/aot.log >&2; exit 1; }; sleep 0.1; done
}
end() { kill $service && { wait $service || true; }; }

begin -XX:AOTCacheOutput=$app/blastscope.aot -jar $app/blastscope.jar
for _ in 1 2 3; do post > /dev/null; done
end
for _ in $(seq "$starts"); do
    for way in jar extracted cache; do
        case $way in
            jar) options=(-jar target/blastscope.jar) ;;
            extracted) options=(-jar $app/blastscope.jar) ;;
            cache) options=(-XX:AOTCache=$app/blastscope.aot -jar $app/blastscope.jar) ;;
        esac
        before=$(millis)
        begin "${options[@]}"
        ready=$(($(millis) - before)) first=$(post)
        for _ in $(seq 8); do post > /dev/null; done
        echo "$way $ready $first $(post)"
        end
    done
done | tee target/bench/aot.txt
for way in jar extracted cache; do
    for column in 2 3 4; do
        awk -v way=$way -v column=$column '$1 == way { print $column }' target/bench/aot.txt | sort -n | sed -n "$(((starts + 1) / 2))p"
    done | paste -sd' ' | awk -v way=$way '{ printf "%-10s ready after %.1f s, first answer %.0f ms, tenth %.0f ms (medians)\n", way, $1 / 1000, 1000 * $2, 1000 * $3 }'
done
