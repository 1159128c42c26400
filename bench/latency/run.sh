#!/usr/bin/env bash
# Measures what HTTP, decoding and JSON add to the forward pass for a single client; writes target/bench/latency.json.
#
#   bench/latency/run.sh [--images samples] [--rounds 300] [--port 18085] [--home DIR]
#
# Build the jar first: ./mvnw package.
set -euo pipefail
cd "$(dirname "$0")/../.."
images=samples rounds=300 port=18085 home=target/bench/home
while [ $# -gt 0 ]; do
    case $1 in
        --images | --rounds | --port | --home) declare "${1#--}=$2" && shift 2 ;;
        *) sed -n '2,6s/^# \?//p' "$0"; exit 2 ;;
    esac
done
app=target/bench/extracted
mkdir -p target/bench
source bench/service.sh
start_service "$port" "$home"
rm -rf $app && java -Djarmode=tools -jar target/blastscope.jar extract --destination $app > /dev/null
java -cp "$app/blastscope.jar:$app/lib/*" -Dlogback.configurationFile=logback-commands.xml bench/latency/Latency.java \
    "http://127.0.0.1:$port/api/v1/predictions" "$images" "$rounds" "$home" target/bench/latency.json
