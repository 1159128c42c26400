#!/usr/bin/env bash
# Trains heads on a part of a data set: without and with cached features, and in PyTorch without a cache, as many epochs
# each. Prints a table, writes target/bench/training.json.
#
#   bench/training/run.sh DATASET [--images 400] [--epochs 3]
#
# DATASET is a folder with a folder for each class (benign, early_pre_b, pre_b, pro_b); --images 0 takes all of it.
# Build the jar first: ./mvnw package.
set -euo pipefail
cd "$(dirname "$0")/../.."
usage() { sed -n '2,8s/^# \?//p' bench/training/run.sh; exit 2; }
[ $# -gt 0 ] && [ -d "$1" ] || usage
dataset=$1 images=400 epochs=3 out=target/bench
shift
while [ $# -gt 0 ]; do
    case $1 in --images | --epochs) declare "${1#--}=$2" && shift 2 ;; *) usage ;; esac
done
mkdir -p $out
part=$(mktemp -d) home=$(mktemp -d)
trap 'rm -rf "$part" "$home"' EXIT
all=$(find "$dataset" -name '*.jpg' | wc -l)
step=$((images > 0 && images < all ? all / images : 1))
for class in benign early_pre_b pre_b pro_b; do
    mkdir "$part/$class"
    find "$dataset/$class" -name '*.jpg' | sort | awk "NR % $step == 0" | xargs -I{} cp {} "$part/$class"
done

clocked() { # clocked NAME COMMAND...: prints seconds, keeps the output
    local log=$out/training-$1.log start=$EPOCHREALTIME
    shift
    "$@" > "$log" 2> "$log.err" || { tail "$log" "$log.err" >&2; return 1; }
    echo "$start $EPOCHREALTIME" | awk '{printf "%.2f", $2 - $1}'
}
train() { clocked "$1" java -jar target/blastscope.jar train --dataset "$part" --home "$home" --epochs "$epochs"; }

load=$(cut -d' ' -f1 /proc/loadavg)
cold=$(train cold)
warm=$(train warm)
pytorch=null
if /usr/bin/python3 -c 'import torch, PIL' 2> /dev/null; then
    pytorch=$(clocked pytorch /usr/bin/python3 bench/training/train_uncached.py src/main/resources/model "$part" "$epochs")
fi
python3 bench/training/report.py $out "$(find "$part" -name '*.jpg' | wc -l)" "$all" "$epochs" "$cold" "$warm" "$pytorch" "$load"
