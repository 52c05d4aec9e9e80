"""The report: one HTML file that a fact-checker reads on paper, on a phone or on a screen.

It asks nothing of a network and needs no script; the small one in it only filters. Articles are hostile
input: everything is escaped, links go to http and https only, and a content security policy lets nothing
run or load but the file's own style and script. The only door to Jinja2.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined

from onrecord.dates.edtf import month, span, valid
from onrecord.records import ACTS, Article, Comparison, Speaker, Statement, Utterance
from onrecord.text import fold
from onrecord.writers.days import phrase, phrase_stretch
from onrecord.writers.html.entries import Chapter, arrange
from onrecord.writers.html.table import group, tabulate
from onrecord.writers.html.timeline import draw
from onrecord.writers.html.versions import Versions
from onrecord.writers.labels import named
from onrecord.writers.targets import Target, clean, open_text
from onrecord.writers.wording import Wording, wording

_CHUNK = 500


def write_report(
    target: Target,
    articles: Iterable[Article],
    statements: Iterable[Statement],
    speakers: Iterable[Speaker] = (),
    utterances: Iterable[Utterance] = (),
    comparisons: Iterable[Comparison] = (),
    *,
    language: str = "en",
    title: str = "",
) -> None:
    """Write the report of these statements; the same records give the same bytes.

    ``language`` is that of the report's own words; quotations stay in theirs. A statement that no speaker
    claims stands under its own ``speaker``; one that no utterance holds stands alone; ``comparisons`` are set
    beside the statements that they compare. Raises UnknownLanguage, and UnknownRecord where a statement's
    article is missing.
    """
    words = wording(language)
    sections, chapters = arrange(articles, statements, speakers, words)
    groups = group(sections, utterances)
    style, script = _asset("report.css"), _asset("report.js")
    page = (
        _environment()
        .get_template("report.html")
        .stream(
            language=language,
            title=title or words.text["title"],
            w=words,
            text=words.text,
            sections=sections,
            index=sorted((s for s in sections if s.name), key=lambda s: fold(s.name)),
            chapters=chapters,
            versions=Versions(groups, comparisons, words),
            table=tabulate(groups),
            timeline=draw(sections, words),
            outlets=sorted({chapter.outlet for chapter in chapters}),
            named=len({chapter.outlet for chapter in chapters if named(chapter.article)}),
            days=_days(chapters, words),
            total=len(groups),
            acts=[act for act in ACTS if any(e.statement.act == act for s in sections for e in s.entries)],
            phrase=phrase,
            style=style,
            script=script,
            policy=f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; "
            "base-uri 'none'; form-action 'none'",
        )
    )
    page.enable_buffering(_CHUNK)
    with open_text(target) as stream:
        stream.writelines(page)


def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("onrecord.writers.html", ""),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=lambda value: clean(value) if type(value) is str else value,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _asset(name: str) -> str:
    return resources.files(__name__).joinpath(name).read_text("utf-8")


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _days(chapters: Iterable[Chapter], words: Wording) -> str:
    """Return the days that the articles are of, "" where none has one.

    Where the first or the last is no article's day (one is of "April 2031"), they are told as months.
    """
    spans = [span(c.article.published) for c in chapters if valid(c.article.published)]
    if not spans:
        return ""
    first, last = min(a for a, _ in spans), max(b for _, b in spans)
    days = {a for a, b in spans if a == b}
    if not {first, last} <= days:
        first, last = month(first.year, first.month)[0], month(last.year, last.month)[1]
    return phrase_stretch((first, last), words)
