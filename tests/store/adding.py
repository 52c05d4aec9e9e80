"""Made-up coverage, and a program that adds it to a record: ``python adding.py FILE COUNT``.

It writes a dot when it has started and one after each article, so that a test knows how far it is.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

from onrecord.records import Article, Statement
from onrecord.store import Record

BY = "onrecord 1.0"


def coverage(count: int) -> Iterator[tuple[Article, list[Statement]]]:
    """Yield articles of growing and shrinking length, each with the statements in it (none to six)."""
    for number in range(count):
        said = [f"Le pont {number}-{line} sera rouvert." for line in range(number % 7)]
        text = "\n".join(f"« {words} », a dit Ilda Varo. {'Il pleut. ' * (number % 50)}" for words in said)
        article = Article(name=f"article-{number}", text=text, language="fr", outlet="La Gazette de Sorvane")
        yield article, [statement(article, words) for words in said]


def statement(article: Article, words: str, by: str = BY, speaker: str = "Ilda Varo") -> Statement:
    """Return the statement that these words of the article are."""
    start = article.text.index(words)
    content = ((start, start + len(words)),)
    return Statement(article_id=article.id, by=by, content=content, form="direct", speaker=speaker)


def main(path: str, count: int) -> None:
    os.write(1, b".")
    with Record(path) as record:
        for article, statements in coverage(count):
            record.add(article, statements, BY)
            os.write(1, b".")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
