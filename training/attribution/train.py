"""Train the attribution model on gold articles: ``python train.py GOLD.jsonl OUT.pt``."""

from __future__ import annotations

import argparse
import random
import time
from pathlib import Path

import data
import e5
import model
import torch
from torch import Tensor
from torch.nn import functional

from onrecord.extraction.pieces import Vocabulary


def loss(
    encoder: model.Encoder, linker: model.Linker, batch: data.Batch, drop: float
) -> tuple[Tensor, Tensor]:
    """Return the loss of the cue tags (by word) and of the links (by cue, as of forty words)."""
    states, scores = encoder(functional.dropout(batch.x, drop), batch.marks, batch.mask)
    rows = torch.arange(len(batch.x))[:, None]
    tagged = functional.cross_entropy(
        scores[rows, batch.heads].float().flatten(0, 1),
        batch.tags.flatten(),
        ignore_index=-1,
        reduction="sum",
    )
    if not len(batch.of):
        return tagged / max(1, int((batch.tags >= 0).sum())), tagged * 0
    words = functional.dropout(states[rows, batch.heads], drop)
    linked = linker(words[batch.of], batch.cues, batch.distance)
    link = functional.cross_entropy(
        linked.float().flatten(0, 1), batch.labels.flatten(), ignore_index=-1, reduction="sum"
    )
    return tagged / (batch.tags >= 0).sum(), link / (40 * len(batch.of))


def main() -> None:
    """Train, and write the weights after each round and every ten minutes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("out", type=Path)
    parser.add_argument("--depth", type=int, default=8, help="layers kept of the start model")
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument(
        "--minutes", type=float, default=1e9, help="end sooner: the rate falls to zero by then"
    )
    parser.add_argument("--windows", type=int, default=6, help="windows a batch")
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--bf16", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--start", type=Path, help="weights to go on from")
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    rng = random.Random(args.seed)
    start = e5.read(e5.find())
    vocabulary = Vocabulary(start.pieces, start.scores.tolist())
    texts = [t for path in args.gold for t in data.read(path)]
    encoder, linker = model.Encoder(args.depth), model.Linker()
    encoder.fill(start.weights)
    if args.start:
        saved = torch.load(args.start)
        encoder.load_state_dict(saved["encoder"])
        linker.load_state_dict(saved["linker"])
    body = [*encoder.layers.parameters(), *encoder.ln.parameters(), *encoder.position.parameters()]
    heads = [*encoder.cue.parameters(), *encoder.mark.parameters(), *linker.parameters()]
    groups = [{"params": body, "lr": args.rate}, {"params": heads, "lr": 6 * args.rate}]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    began = saved_at = time.time()
    step, total, seen = 0, 0, 0
    sums = [0.0, 0.0]
    for turn in range(args.rounds):
        rows = data.samples(texts, vocabulary, rng)
        total = total or args.rounds * len(rows) // args.windows
        for batch in data.batches(rows, start.words, args.windows, rng):
            share = max(step / total, (time.time() - began) / 60 / args.minutes)
            if share >= 1:
                break
            for group, top in zip(optimiser.param_groups, (1, 6), strict=True):
                group["lr"] = args.rate * top * min(1.0, (step + 1) / 60) * (1 - share)
            with torch.autocast("cpu", torch.bfloat16, enabled=args.bf16):
                cue, link = loss(encoder, linker, batch, 0.1)
            (4 * cue + link).backward()
            torch.nn.utils.clip_grad_norm_(body + heads, 1.0)
            optimiser.step()
            optimiser.zero_grad()
            step += 1
            seen += int(batch.mask.sum())
            sums = [a * 0.98 + b.item() * 0.02 for a, b in zip(sums, (cue, link), strict=True)]
            if step % 20 == 0:
                rate = seen / (time.time() - began)
                norm = 1 - 0.98**step
                print(f"{time.time() - began:6.0f} s  round {turn}  step {step}/{total}  {rate:.0f} pieces/s"
                      f"  cue {sums[0] / norm:.4f}  link {sums[1] / norm:.4f}", flush=True)  # fmt: skip
            if time.time() - saved_at > 300:
                save(encoder, linker, args.out)
                saved_at = time.time()
        save(encoder, linker, args.out)


def save(encoder: model.Encoder, linker: model.Linker, out: Path) -> None:
    """Write the weights, whole or not at all."""
    part = out.with_suffix(".part")
    depth = len(encoder.layers)
    torch.save({"encoder": encoder.state_dict(), "linker": linker.state_dict(), "depth": depth}, part)
    part.replace(out)


if __name__ == "__main__":
    main()
