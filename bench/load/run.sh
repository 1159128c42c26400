#!/usr/bin/env bash
# Loads the service, and peers with the same weights, with the same images; prints tables, writes target/bench/load.json.
#
#   bench/load/run.sh [--images DIR] [--clients 1,2,8,32] [--seconds 5] [--rounds 3] [--overload 2,10] [--flood 30]
#                     [--warm-up 75] [--peers fp32,fastapi,naive,node] [--onnx FILE] [--port 18084] [--home DIR]
#
# Build the jar first: ./mvnw package. Each service is warmed up first: the JIT compilers of a JVM under full load need more
# than a minute to come to rest. The peer fp32 is the service itself, held to fp32. Peers listen on the four ports after
# --port, all on the loopback only.
set -euo pipefail
cd "$(dirname "$0")/../.."
images=samples clients=1,2,8,32 seconds=5 rounds=3 overload=2,10 flood=30 warm_up=75 peers=fp32,fastapi,naive,node onnx= port=18084 home=
while [ $# -gt 0 ]; do
    case $1 in
        --warm-up) warm_up=$2 && shift 2 ;;
        --images | --clients | --seconds | --rounds | --overload | --flood | --peers | --onnx | --port | --home)
            declare "${1#--}=$2" && shift 2 ;;
        *) sed -n '2,10s/^# \?//p' "$0"; exit 2 ;;
    esac
done
out=target/bench model=src/main/resources/model here=bench/load
mkdir -p $out
home=${home:-$out/home}
source bench/service.sh
start_service "$port" "$home"
targets=("blastscope:${started[-1]}=http://127.0.0.1:$port/api/v1/predictions")

skip() { echo "Skipped $1: $2"; }
race() { # race NAME PORT COMMAND...
    local name=$1 at="http://127.0.0.1:$2"
    shift 2
    if start "$out/$name.log" "$at/ready" "$@"; then targets+=("$name:${started[-1]}=$at/predict"); else skip "$name" "see $out/$name.log"; fi
}

peer_fp32() {
    BLASTSCOPE_PRECISION=fp32 start_service $((port + 4)) "$home-fp32"
    targets+=("fp32:${started[-1]}=http://127.0.0.1:$((port + 4))/api/v1/predictions")
}

peer_fastapi() {
    /usr/bin/python3 -c 'import fastapi, uvicorn, torch, PIL' 2> /dev/null \
        || { skip fastapi "needs Debian's python3-fastapi, python3-uvicorn, python3-torch, python3-pil"; return; }
    race fastapi $((port + 1)) /usr/bin/python3 $here/fastapi_peer.py $model $((port + 1))
}

peer_naive() {
    local app=$out/extracted
    rm -rf $app && java -Djarmode=tools -jar target/blastscope.jar extract --destination $app > /dev/null
    javac -d $out/naive -cp "$app/blastscope.jar:$app/lib/*" $here/NaivePeer.java
    race naive $((port + 2)) java -cp "$out/naive:$app/blastscope.jar:$app/lib/*" NaivePeer $((port + 2))
}

peer_node() {
    command -v npm > /dev/null || { skip node "needs node and npm"; return; }
    if [ -z "$onnx" ]; then
        onnx=$out/model.onnx
        curl -fs -o $onnx "http://127.0.0.1:$port/api/v1/models/embedded/onnx?rendition=fp32" \
            || /usr/bin/python3 $here/export_onnx.py $model $onnx > $out/onnx.log 2>&1 \
            || { skip node "needs --onnx FILE; see $out/onnx.log"; return; }
    fi
    mkdir -p $out/node && cp $here/node-peer/* $out/node
    # Without its script onnxruntime-node keeps to the CPU library it ships and downloads no CUDA.
    (cd $out/node && npm ci --ignore-scripts --no-audit --no-fund > ../npm.log 2>&1) || { skip node "see $out/npm.log"; return; }
    race node $((port + 3)) node $out/node/server.mjs "$onnx" $model/card.json $((port + 3))
}

for peer in ${peers//,/ }; do
    case $peer in fp32 | fastapi | naive | node) "peer_$peer" ;; *) skip "$peer" "there is no such peer" ;; esac
done
javac -d $out/load $here/Load.java $here/Connections.java
java -cp $out/load Load "$images" $out/load.json "$warm_up" "$clients" "$seconds" "$rounds" "$overload" "$flood" "${targets[@]}"
