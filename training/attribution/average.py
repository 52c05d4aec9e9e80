"""Average the weights of runs that went on from the same weights: ``python average.py RUN.pt... OUT.pt``."""

from __future__ import annotations

import argparse
from pathlib import Path

import torch


def main() -> None:
    """Average."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("runs", type=Path, nargs="+")
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    saved = [torch.load(path, map_location="cpu") for path in args.runs]
    result = saved[0]
    for part in ("encoder", "linker"):
        for name in result[part]:
            result[part][name] = torch.stack([s[part][name] for s in saved]).mean(0)
    torch.save(result, args.out)


if __name__ == "__main__":
    main()
