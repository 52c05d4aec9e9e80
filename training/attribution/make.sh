#!/bin/sh
# Makes the attribution model from ../shared: ./make.sh SHARED OUT.onrecord
set -eu
cd "$(dirname "$0")"
shared=$1
out=$2
python=${PYTHON:-python}
mkdir -p build
$python train.py "$shared/gold/en-polnear-train.jsonl" build/first.pt --rounds 3 --bf16
$python export.py build/first.pt build/first.onrecord --shared "$shared"
$python project.py build/first.onrecord build/projected.jsonl --shared "$shared"
$python train.py "$shared/gold/en-polnear-train.jsonl" build/projected.jsonl build/second.pt \
	--start build/first.pt --rounds 2 --bf16
$python export.py build/second.pt "$out" --shared "$shared"
$python score.py "$out" --shared "$shared"
