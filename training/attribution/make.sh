#!/bin/sh
# Makes the attribution model from ../shared: ./make.sh SHARED OUT.onrecord
set -eu
shared=$(realpath "$1")
out=$(realpath "$2")
cd "$(dirname "$0")"
python=${PYTHON:-python}
gold=$shared/gold/en-polnear-train.jsonl
mkdir -p build
$python train.py "$gold" build/first.pt --rounds 2 --bf16
$python export.py build/first.pt build/first.onrecord --shared "$shared"
$python project.py build/first.onrecord build/projected.jsonl --shared "$shared" --languages de fr ru es
$python train.py "$gold" build/plain.pt --start build/first.pt --rounds 1 --rate 1.2e-4 --seed 7 --bf16
shuf -n 220 --random-source="$gold" "$gold" > build/part.jsonl
$python train.py build/part.jsonl build/projected.jsonl build/mixed.pt --start build/plain.pt \
	--rounds 1 --rate 8e-5 --seed 3 --bf16
$python average.py build/plain.pt build/mixed.pt build/last.pt
$python export.py build/last.pt "$out" --shared "$shared"
$python score.py "$out" --shared "$shared"
