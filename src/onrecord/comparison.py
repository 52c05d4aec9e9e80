"""Comparison: what two outlets made of one utterance, word by word within a language."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Literal

from onrecord.records import Article, Comparison, Difference, Span, Spans, Statement
from onrecord.text import fold

Kind = Literal["kept", "cut", "inserted", "changed"]

_WORD = re.compile(r"\w+(?:[.,]\d+)*")
# From here on (1,500 words against as many) the commonest words are left out of the first look, as difflib
# can, so that no content makes a comparison take minutes.
_MANY = 1500 * 1500

_KINDS: dict[str, Kind] = {"equal": "kept", "delete": "cut", "insert": "inserted", "replace": "changed"}
_TURNED = {"insert": "delete", "delete": "insert"}


def compare(a: Statement, article_a: Article, b: Statement, article_b: Article) -> Comparison:
    """Return how the content of ``b`` departs from that of ``a``, in the order of the words.

    Words are equal where they differ in case and accents only. ``cut`` is what only ``a`` has, ``inserted``
    what only ``b`` has, ``changed`` where each has words of its own. The spans of a stretch run from its
    first to its last word, in as many pieces as the content has there. ``kept`` is the share of the words of
    the longer content that both have; turning the two around keeps it, and turns cut into inserted.
    Contents in two languages aren't compared by words: all of it is ``changed``, and ``kept`` is 0.

    >>> one = Article(name="1", text="We will never sign it.", language="en")
    >>> two = Article(name="2", text="We will sign it, all.", language="en")
    >>> a = Statement(article_id=one.id, by="x", content=((0, 21),), form="direct")
    >>> b = Statement(article_id=two.id, by="x", content=((0, 20),), form="direct")
    >>> comparison = compare(a, one, b, two)
    >>> comparison.kept, [d.kind for d in comparison.differences]
    (0.8, ['kept', 'cut', 'kept', 'inserted'])
    """
    ours, theirs = _words(article_a.text, a.content), _words(article_b.text, b.content)
    left, right = [fold(article_a.text[s:e]) for s, e in ours], [fold(article_b.text[s:e]) for s, e in theirs]
    if _base(article_a) == _base(article_b):
        steps = _steps(left, right)
    else:
        steps = [("replace", 0, len(ours), 0, len(theirs))]
    differences = tuple(
        Difference(
            kind=_kind(tag, i, j, k, n), a=_pieces(ours[i:j], a.content), b=_pieces(theirs[k:n], b.content)
        )
        for tag, i, j, k, n in steps
        if i < j or k < n
    )
    kept = sum(j - i for tag, i, j, _, _ in steps if tag == "equal")
    longer = max(len(ours), len(theirs))
    return Comparison(
        a=a.id, b=b.id, kept=round(kept / longer, 4) if longer else 0.0, differences=differences
    )


def _base(article: Article) -> str:
    return article.language.replace("_", "-").split("-")[0].lower()


def _words(text: str, content: Spans) -> list[Span]:
    """Return the spans of the content's words; an elided article ("l’") is a word of its own."""
    return [match.span() for start, end in content for match in _WORD.finditer(text, start, end)]


def _steps(left: list[str], right: list[str]) -> list[tuple[str, int, int, int, int]]:
    """Return the steps from one list of words to the other, as difflib gives them, but symmetric."""
    many = len(left) * len(right) > _MANY
    if left <= right:
        return list(SequenceMatcher(None, left, right, autojunk=many).get_opcodes())
    turned = SequenceMatcher(None, right, left, autojunk=many).get_opcodes()
    return [(_TURNED.get(tag, tag), k, n, i, j) for tag, i, j, k, n in turned]


def _kind(tag: str, i: int, j: int, k: int, n: int) -> Kind:
    """Return the kind of a step; a change with nothing on one side is a cut or an insertion."""
    if tag == "replace" and (i == j or k == n):
        return "inserted" if i == j else "cut"
    return _KINDS[tag]


def _pieces(words: list[Span], content: Spans) -> Spans:
    """Return the stretches that the words fill, one for each piece of the content that they touch."""
    found = []
    for start, end in content:
        inside = [word for word in words if start <= word[0] and word[1] <= end]
        if inside:
            found.append((inside[0][0], inside[-1][1]))
    return tuple(found)
