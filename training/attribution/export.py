"""Write the trained model as one file for ONNX Runtime: ``python export.py WEIGHTS OUT --news ../shared``."""

from __future__ import annotations

import argparse
import collections
import json
import tempfile
import unicodedata
import zipfile
from pathlib import Path

import data
import e5
import model
import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn

from onrecord.extraction import pieces
from onrecord.extraction.learned import FORMAT

LANGUAGES = ("en", "fr", "fr-CA", "de", "es", "it", "pt", "ru", "uk", "nl", "pl")
SCRIPTS = ("LATIN", "CYRILLIC", "GREEK")


def texts(shared: Path) -> list[str]:
    """Return the texts over which pieces are counted; none of those that are for measuring only."""
    rows = [
        json.loads(line)
        for x in LANGUAGES
        for line in (shared / "news" / f"{x}.jsonl").open(encoding="utf-8")
    ]
    found = [sentence for row in rows for sentence in row["sentences"]]
    train = shared / "gold" / "en-polnear-train.jsonl"
    return found + [json.loads(line)["text"] for line in train.open(encoding="utf-8")]


def alphabetic(piece: str) -> bool:
    """Return whether all letters of a piece are of a script that the languages here are written in."""
    return all(not c.isalpha() or unicodedata.name(c, "").startswith(SCRIPTS) for c in piece)


def keep(encoder: e5.Encoder, shared: Path, count: int) -> list[int]:
    """Return the pieces to keep: all seen, all single signs, then the most frequent, ``count`` in all."""
    vocabulary = pieces.Vocabulary(encoder.pieces, encoder.scores.tolist())
    seen: collections.Counter[int] = collections.Counter()
    for text in texts(shared):
        for cut in pieces.cut(vocabulary, text, pieces.words(text)):
            seen.update(cut)
    single = [i for i, p in enumerate(encoder.pieces) if len(p.strip(pieces.SPACE)) <= 1 and alphabetic(p)]
    chosen = dict.fromkeys([0, 1, 2, 3, *seen, *single])
    frequent = (i for i in range(4, len(encoder.pieces)) if i not in chosen and alphabetic(encoder.pieces[i]))
    for i in frequent:
        if len(chosen) >= count:
            break
        chosen[i] = None
    return sorted(chosen)


def graph(
    module: nn.Module,
    example: tuple[torch.Tensor, ...],
    names: list[str],
    out: list[str],
    axes: dict,
    folder: Path,
) -> bytes:
    """Return a module as an ONNX graph with int8 weights."""
    plain, small = folder / "plain.onnx", folder / "small.onnx"
    torch.onnx.export(
        module.eval(), example, str(plain), input_names=names, output_names=out, dynamic_axes=axes,
        opset_version=17, dynamo=False,
    )  # fmt: skip
    quantize_dynamic(
        plain, small, weight_type=QuantType.QInt8, per_channel=True, op_types_to_quantize=["MatMul"],
        extra_options={"MatMulConstBOnly": True},
    )  # fmt: skip
    onnx.checker.check_model(str(small))
    return small.read_bytes()


def main() -> None:
    """Export."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--pieces", type=int, default=100_000)
    args = parser.parse_args()
    saved = torch.load(args.weights, map_location="cpu")
    encoder, linker = model.Encoder(saved["depth"]), model.Linker()
    encoder.load_state_dict(saved["encoder"])
    linker.load_state_dict(saved["linker"])
    encoder.position = nn.Embedding.from_pretrained(encoder.position.weight[: data.SIZE].detach())
    start = e5.read(e5.find())
    kept = keep(start, args.shared, args.pieces)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        x, marks = torch.randn(1, 40, model.WIDTH), torch.zeros(1, 40, dtype=torch.long)
        example = (x, marks, torch.ones(1, 40, dtype=torch.bool))
        names, out = ["x", "marks", "mask"], ["states", "scores"]
        body = graph(
            encoder, example, names, out, {n: {0: "batch", 1: "length"} for n in names + out}, folder
        )
        cues = torch.zeros(3, 40)
        cues[:, 7] = 1
        axes = {
            "states": {1: "words"},
            "cues": {0: "cues", 1: "words"},
            "distance": {0: "cues", 1: "words"},
            "labels": {0: "cues", 1: "words"},
        }
        head = graph(
            linker,
            (x, cues, torch.zeros(3, 40, dtype=torch.long)),
            ["states", "cues", "distance"],
            ["labels"],
            axes,
            folder,
        )
    card = {"format": FORMAT, "size": data.SIZE, "context": data.CONTEXT, "depth": saved["depth"]}
    with zipfile.ZipFile(args.out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("card.json", json.dumps(card))
        file.writestr("pieces", "\n".join(start.pieces[i] for i in kept))
        file.writestr("scores", start.scores[kept].astype("<f2").tobytes())
        file.writestr("words", np.ascontiguousarray(start.words[kept]).tobytes())
        file.writestr("encoder.onnx", body)
        file.writestr("linker.onnx", head)
    print(f"{args.out}: {args.out.stat().st_size / 1e6:.1f} MB, {len(kept)} pieces")


if __name__ == "__main__":
    main()
