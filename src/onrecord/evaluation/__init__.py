"""Evaluation: how much of a gold is found, how sure that is, what a change did to it, and the floors.

A gold is a JSON Lines file of articles with their statements (the interchange). Its figures are those that
:mod:`onrecord.evaluation.counts` defines, by language as well where it has several.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec

from onrecord import pipeline
from onrecord.errors import UnknownLanguage, UnreadableInput
from onrecord.evaluation import gold as samples
from onrecord.evaluation.changes import Change, changes
from onrecord.evaluation.counts import count
from onrecord.evaluation.figures import KEYS, Figure, figures
from onrecord.evaluation.gold import Marked, Sample
from onrecord.readers import Skipped, read

__all__ = ["KEYS", "Change", "Evaluation", "Figure", "evaluate"]

Progress = Callable[[int, int], None]


class Evaluation(msgspec.Struct, frozen=True, kw_only=True):
    """What came of one gold: its name, how much it holds, figures by key (overall, and by language).

    ``changes`` are those against a former run, where one was given; ``skipped`` what could not be read.
    """

    gold: str
    articles: int
    statements: int
    figures: dict[str, Figure]
    languages: dict[str, dict[str, Figure]]
    changes: tuple[Change, ...] = ()
    skipped: tuple[Skipped, ...] = ()


def evaluate(
    gold: Path,
    *,
    found: Path | None = None,
    against: Path | None = None,
    progress: Progress | None = None,
) -> Evaluation:
    """Return the figures on a gold of what a file holds, or else of what onrecord finds in its texts.

    ``against`` is what a former run found (``onrecord extract GOLD -o FILE``). ``progress`` is called after
    each article that is read with how many are done, and of how many. An article that wasn't read counts
    as one in which nothing was found.

    Raises UnreadableInput for a file that doesn't hold what it should, with the place; OSError for one that
    can't be opened.
    """
    articles = samples.load(gold)
    ids = [article.id for article in articles]
    if bare := [article.id for article in articles if article.text is None]:
        raise UnreadableInput(str(gold), f"no text in {bare[0]}")
    if len(set(ids)) < len(ids):
        raise UnreadableInput(str(gold), f"{max(ids, key=ids.count)} is there twice")
    predicted, skipped = (samples.load(found), []) if found else predict(gold, len(articles), progress)
    now = samples.align(articles, predicted, str(found or gold))
    before = samples.align(articles, samples.load(against), str(against)) if against else now
    counts = [count(*pair) for pair in zip(articles, now, strict=True)]
    languages = sorted({article.lang for article in articles})
    return Evaluation(
        gold=gold.stem,
        articles=len(articles),
        statements=sum(len(article.statements) for article in articles),
        figures=figures(counts),
        languages={
            language: figures([c for c, a in zip(counts, articles, strict=True) if a.lang == language])
            for language in languages
            if len(languages) > 1
        },
        changes=tuple(changes(articles, now, before)),
        skipped=tuple(skipped),
    )


def predict(gold: Path, of: int, progress: Progress | None) -> tuple[list[Sample], list[Skipped]]:
    """Return what onrecord finds in the articles of a gold, and what it can't read.

    What is annotated there is not looked at.
    """
    result: list[Sample] = []
    skipped: list[Skipped] = []
    for item in read([gold]):
        if isinstance(item, Skipped):
            skipped.append(item)
            continue
        try:
            statements = pipeline.extract(item)
        except UnknownLanguage as error:
            skipped.append(Skipped(item.origin or item.name, str(error)))
            statements = ()
        marked = tuple(msgspec.convert(s, Marked, from_attributes=True) for s in statements)
        # Without its text: the reader puts a sign of the same length for what no text may hold.
        result.append(Sample(id=item.name, lang=item.language, statements=marked))
        if progress:
            progress(len(result), of)
    return result, skipped
