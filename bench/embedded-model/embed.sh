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
# Changed copies: noise, blur and the like then mislead the heads far less, at little cost on unchanged smears.
export BLASTSCOPE_TRAINING_VIEWS_COPIES=2
java -jar target/blastscope.jar train --dataset "$dataset" --home "$home" --compare-backbone "$imagenet"
version=$(cat "$home/models/active")
rm -f "$model"/int8-*
for file in "$home/models/$version"/*; do
  case $(basename "$file") in
    # The one that training started from is there already, in half the bytes.
    backbone.safetensors | SHA256SUMS) ;;
    *card.json) sed "s/\"version\" : \"$version\"/\"version\" : \"embedded\"/" "$file" > "$model/$(basename "$file")" ;;
    *) cp "$file" "$model" ;;
  esac
done
files=$(cd "$home/models/$version" && LC_ALL=C ls | grep -vx SHA256SUMS)
# shellcheck disable=SC2086 # one argument for each file
(cd "$model" && sha256sum $files > SHA256SUMS)
echo "Embedded $version. Build the jar again to ship it."
