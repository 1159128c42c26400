#!/usr/bin/env bash
# Measures how soon the packaged service is ready and how much memory it holds then and after many predictions; writes
# target/bench/startup-memory.json.
#
#   bench/startup-memory/run.sh [--starts 5] [--requests 2000] [--clients 8] [--images samples] [--port 18085] [--home DIR]
#
# Build the jar first: ./mvnw package. Linux only: memory is read from /proc.
set -euo pipefail
cd "$(dirname "$0")/../.."
starts=5 requests=2000 clients=8 images=samples port=18085 home=target/bench/home
while [ $# -gt 0 ]; do
    case $1 in
        --starts | --requests | --clients | --images | --port | --home) declare "${1#--}=$2" && shift 2 ;;
        *) sed -n '2,7s/^# \?//p' "$0"; exit 2 ;;
    esac
done
mkdir -p target/bench
[ -f target/blastscope.jar ] || { echo "Build the jar first: ./mvnw package" >&2; exit 1; }
exec java bench/startup-memory/StartupMemory.java \
    "$port" "$home" "$images" "$starts" "$requests" "$clients" target/bench/startup-memory.json
