#!/usr/bin/env bash
# Posts many images, some of which must be refused, and reports how the service's resident memory goes; writes
# target/bench/soak.json. Ends with 1 if a request got another status than it should.
#
#   bench/soak/run.sh [--requests 20000] [--clients 8] [--minutes 30] [--images DIR] [--port 18084] [--home DIR]
#
# Build the jar first: ./mvnw package.
set -euo pipefail
cd "$(dirname "$0")/../.."
requests=20000 clients=8 minutes=30 images=samples port=18084 home=target/bench/home
while [ $# -gt 0 ]; do
    case $1 in
        --requests | --clients | --minutes | --images | --port | --home) declare "${1#--}=$2" && shift 2 ;;
        *) sed -n '2,7s/^# \?//p' "$0"; exit 2 ;;
    esac
done
mkdir -p target/bench
source bench/service.sh
start_service "$port" "$home"
java bench/soak/Soak.java "http://127.0.0.1:$port/api/v1/predictions" "${started[-1]}" \
    "$images" "$requests" "$clients" "$minutes" target/bench/soak.json
