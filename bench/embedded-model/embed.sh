#!/usr/bin/env bash
# Trains the heads of the model that is shipped inside the jar, measures it, and puts it into src/main/resources/model.
#
#   bench/embedded-model/embed.sh DATASET IMAGENET_BACKBONE
#
# DATASET is a folder with a folder for each class; IMAGENET_BACKBONE a torchvision ResNet-50 (safetensors) that is measured
# under the same splits and goes into the card for comparison. Build the jar first: ./mvnw package
set -euo pipefail
cd "$(dirname "$0")/../.."
dataset=$1 imagenet=$2 model=src/main/resources/model
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
# Floats: such a model answers alike on every engine and device.
export BLASTSCOPE_PRECISION=fp32
# Changed copies: noise, blur and the like then mislead the heads far less, at little cost on unchanged smears.
export BLASTSCOPE_TRAINING_VIEWS_COPIES=2
java -jar target/blastscope.jar train --dataset "$dataset" --home "$home" --compare-backbone "$imagenet"
version=$(cat "$home/models/active")
cp "$home/models/$version"/{heads.safetensors,trained-on.txt,out-of-fold.csv,cases.safetensors} "$model"
sed "s/\"version\" : \"$version\"/\"version\" : \"embedded\"/" "$home/models/$version/card.json" > "$model/card.json"
(cd "$model" && sha256sum backbone.safetensors heads.safetensors card.json trained-on.txt out-of-fold.csv cases.safetensors > SHA256SUMS)
echo "Embedded $version. Build the jar again to ship it."
