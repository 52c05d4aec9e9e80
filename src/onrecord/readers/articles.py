"""Articles: a text and what is said about it, made one record."""

from __future__ import annotations

from urllib.parse import urlsplit

from onrecord.readers.layout import recognise
from onrecord.readers.notices import Notice
from onrecord.readers.tongues import detect
from onrecord.records import Article, Furniture


def compose(
    text: str, notice: Notice, *, name: str, origin: str, language: str = "", start: int = 0
) -> Article:
    """Return the article.

    What the notice says goes before what the text says, and ``language`` before detection, for which the
    furniture is left out. The outlet is that of the notice, else the host of its url without "www.", else "".
    The text up to ``start`` is front matter.
    """
    known = notice.language or language
    layout = recognise(text, known, notice.title, start)
    if not known:
        known = detect(_running(text, layout.furniture))
        layout = recognise(text, known, notice.title, start)
    return Article(
        name=notice.name or name,
        text=text,
        language=known,
        title=notice.title or layout.title,
        outlet=notice.outlet or _host(notice.url),
        url=notice.url,
        published=notice.published or layout.published,
        origin=origin,
        furniture=layout.furniture,
    )


def _running(text: str, furniture: tuple[Furniture, ...]) -> str:
    """Return the text without its furniture, or the whole text where nothing else is in it."""
    pieces, reached = [], 0
    for each in furniture:
        pieces.append(text[reached : each.start])
        reached = each.end
    running = " ".join([*pieces, text[reached:]])
    return running if running.strip() else text


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
