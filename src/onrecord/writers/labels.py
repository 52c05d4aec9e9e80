"""What readers see in place of a record: an outlet's name, a statement in its marks, a day in words."""

from __future__ import annotations

from urllib.parse import urlsplit

from onrecord.errors import UnknownLanguage
from onrecord.languages import load
from onrecord.records import Article, Statement
from onrecord.text import ELLIPSIS, cut
from onrecord.writers.days import phrase
from onrecord.writers.wording import Wording

_ENGLISH = ("“", "”")
# Controls of direction: in a label beside other words they would turn those around.
_TURNS = dict.fromkeys((0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))


def outlet(article: Article) -> str:
    """Return the outlet's name, else the host of the url, else the article's own name.

    >>> outlet(Article(name="a", text="", language="en", url="https://www.example.org/1"))
    'example.org'
    """
    return article.outlet or _host(article.url).removeprefix("www.") or article.name


def named(article: Article) -> bool:
    """Say whether :func:`outlet` is the name of an outlet, and not that of the article for want of one."""
    return bool(article.outlet or _host(article.url))


def link(url: str) -> str:
    """Return a url that is safe to link to: http or https with a host; else "".

    >>> link("https://example.org/a"), link("javascript:alert(1)"), link(" java\\nscript:alert(1)")
    ('https://example.org/a', '', '')
    """
    safe = url.isprintable() and url.lower().startswith(("http://", "https://")) and _host(url)
    return url if safe else ""


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def quotation_marks(language: str) -> tuple[str, str]:
    """Return the marks that open and close a quotation in a language; English ones where it isn't known.

    >>> quotation_marks("en"), quotation_marks("xx")
    (('“', '”'), ('“', '”'))
    """
    try:
        opening, closing = load(language).marks.pairs[0]
    except UnknownLanguage:
        return _ENGLISH
    # A narrow no-break space inside the guillemets of French.
    # Source: Lexique des règles typographiques en usage à l'Imprimerie nationale.
    return ("«\u202f", "\u202f»") if (opening, language[:2].lower()) == ("«", "fr") else (opening, closing)


def words_said(article: Article, statement: Statement) -> str:
    """Return what was said: in quotation marks, piece by piece, only where the article quotes it whole."""
    if statement.form != "direct":
        return cut(article.text, statement.content)
    opening, closing = quotation_marks(article.language)
    return ELLIPSIS.join(f"{opening}{article.text[s:e]}{closing}" for s, e in statement.content)


def day_said(article: Article, statement: Statement, words: Wording) -> str:
    """Return the day of saying in words; where it isn't known, the day of the report, called so.

    >>> from onrecord.writers.wording import wording
    >>> article = Article(name="a", text="", language="en", published="2023-01-23")
    >>> day_said(article, Statement(article_id="", by="", content=(), form="direct"), wording("en"))
    'day not given; reported Monday 23 January 2023'
    """
    if statement.said:
        return phrase(statement.said, words)
    if article.published:
        return words.days["reported"].format(day=phrase(article.published, words))
    return words.days["unknown"]


# How the score is told: so much and above is clear, likely; what is less is doubtful.
# Source: of 495 statements found in ../shared/gold fr-dev and en-dev (November 2026), the gold has 97, 89 and
# 78 % of those that are clear, likely and doubtful, and 96, 82 and 53 % with the same speaker.
CLEAR, LIKELY = 0.8, 0.6


def sureness(score: float, words: Wording) -> str:
    """Return how sure a statement is, in a word: the score is no probability, and is not told as one.

    >>> from onrecord.writers.wording import wording
    >>> [sureness(score, wording("en")) for score in (0.9, 0.66, 0.0)]
    ['clear', 'likely', 'doubtful']
    """
    return words.text[
        "sure_clear" if score >= CLEAR else "sure_likely" if score >= LIKELY else "sure_doubtful"
    ]


def plain(text: str) -> str:
    """Return a text on one line, without controls of direction, for labels and tool tips.

    >>> plain("a\\n\\u202eb")
    'a b'
    """
    return " ".join(text.translate(_TURNS).split())
