#!/usr/bin/env bash
# Times a forward pass on each engine (PyTorch, ONNX Runtime in floats, ONNX Runtime in 8 bits) at batch 1, 4 and 8.
# Prints a table and writes every single time to target/engines.json.
#
#   bench/engines/run.sh [ROUNDS]
set -euo pipefail
cd "$(dirname "$0")/../.."
./mvnw -q -B compile dependency:build-classpath -Dmdep.outputFile=target/classpath
CLASSPATH="target/classes:$(cat target/classpath)" exec java bench/engines/Engines.java "${1:-30}" target/engines.json
