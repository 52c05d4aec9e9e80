"""JSON Lines: one object an article, with its statements. The interchange that scorers and readers share."""

from __future__ import annotations

import json
from collections.abc import Sequence

import msgspec

from onrecord.records import Article, Statement, mention
from onrecord.writers.targets import Coverage, Speakers, Target, open_text

_ROLES = ("cue", "source", "speaker", "speaker_kind", "addressee", "channel", "time", "said", "relay")


def write(target: Target, coverage: Coverage, speakers: Speakers | None = None) -> int:
    """Write one line an article, in the order given; return how many articles were written.

    Only one article is held at a time. The keys of a line are those of :func:`article_object`.
    """
    count = 0
    with open_text(target) as stream:
        for article, statements in coverage:
            stream.write(line(article, statements, speakers))
            stream.write("\n")
            count += 1
    return count


def line(article: Article, statements: Sequence[Statement], speakers: Speakers | None = None) -> str:
    r"""Return an article's line, without its line end.

    A text with a lone surrogate is written in ASCII with ``\u`` escapes, so that the offsets hold.
    """
    content = article_object(article, statements, speakers)
    try:
        return msgspec.json.encode(content).decode()
    except UnicodeEncodeError:
        return json.dumps(content)


def article_object(
    article: Article, statements: Sequence[Statement], speakers: Speakers | None = None
) -> dict[str, object]:
    """Return what a line holds: ``id`` (the article's name), ``article`` (its id), ``lang``, ``title``,
    ``outlet``, ``url``, ``published``, ``text`` and ``statements``. What is not known is left out.

    >>> article_object(Article(name="a", text="No.", language="en"), [])  # doctest: +ELLIPSIS
    {'id': 'a', 'article': '...', 'lang': 'en', 'text': 'No.', 'statements': []}
    """
    known = {
        "id": article.name,
        "article": article.id,
        "lang": article.language,
        "title": article.title,
        "outlet": article.outlet,
        "url": article.url,
        "published": article.published,
    }
    return {key: value for key, value in known.items() if value} | {
        "text": article.text,
        "statements": [statement_object(statement, speakers or {}) for statement in statements],
    }


def statement_object(statement: Statement, speakers: Speakers) -> dict[str, object]:
    """Return a statement as the interchange has it, spans as pairs of offsets; absent roles are left out.

    ``speaker`` is the article's own spelling; ``speaker_id`` and ``speaker_name`` are those of the speaker
    that the mention is, where that is known.
    """
    speaker = speakers.get(mention(statement.article_id, statement.speaker)) if statement.speaker else None
    linked = {"speaker_id": speaker.id, "speaker_name": speaker.name} if speaker else {}
    roles = {role: value for role in _ROLES if (value := getattr(statement, role))}
    return {
        "statement": statement.id,
        "content": statement.content,
        "form": statement.form,
        **roles,
        **linked,
        "act": statement.act,
        "negated": statement.negated,
        "nested": statement.nested,
        "score": statement.score,
    }
