#!/usr/bin/env bash
# Posts many images, some of which must be refused, and reports how the service's resident memory goes; writes
# target/bench/soak.json. With --swap SECONDS, the two newest versions of the home take turns, with so long a pause between.
# Ends with 1 if a request got another status than it should.
#
#   bench/soak/run.sh [--requests 20000] [--clients 8] [--minutes 30] [--images DIR] [--port 18084] [--home DIR]
#                     [--swap SECONDS]
#
# Build the jar first: ./mvnw package.
set -euo pipefail
cd "$(dirname "$0")/../.."
requests=20000 clients=8 minutes=30 images=samples port=18084 home=target/bench/home swap=-1
while [ $# -gt 0 ]; do
    case $1 in
        --requests | --clients | --minutes | --images | --port | --home | --swap) declare "${1#--}=$2" && shift 2 ;;
        *) sed -n '2,9s/^# \?//p' "$0"; exit 2 ;;
    esac
done
mkdir -p target/bench
source bench/service.sh
# Of the service, and of the client, who activates versions.
export BLASTSCOPE_SECURITY_ADMINKEY
BLASTSCOPE_SECURITY_ADMINKEY=$(od -An -N 24 -tx1 /dev/urandom | tr -d ' \n')
start_service "$port" "$home"
java bench/soak/Soak.java "http://127.0.0.1:$port" "${started[-1]}" \
    "$images" "$requests" "$clients" "$minutes" "$swap" target/bench/soak.json
