#!/usr/bin/env bash
# Times what happens to an image before the network sees it, step by step, on images of a folder.
#
#   bench/preprocessing/run.sh FOLDER [ROUNDS]
set -euo pipefail
cd "$(dirname "$0")/../.."
[ $# -gt 0 ] && [ -d "$1" ] || { sed -n '2,4s/^# \?//p' bench/preprocessing/run.sh; exit 2; }
./mvnw -q -B compile dependency:build-classpath -Dmdep.outputFile=target/classpath
CLASSPATH="target/classes:$(cat target/classpath)" exec java bench/preprocessing/Preprocessing.java "$1" "${2:-20}"
