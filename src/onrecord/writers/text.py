"""Text for the terminal. What comes back are :mod:`rich` texts, which read the same without colour.

Articles are hostile input: controls are made visible, so that no text moves the cursor or changes colours.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from onrecord.records import Article, Speaker, Statement
from onrecord.text import cut
from onrecord.writers.days import phrase
from onrecord.writers.labels import day_said, outlet, plain, words_said
from onrecord.writers.marks import Mark, role_marks, tokens
from onrecord.writers.targets import Coverage, Target, clean, open_text
from onrecord.writers.wording import Wording, wording

SEPARATOR = " · "
INDENT = "    "
_INDENT = re.compile(r" {0,2}\d{1,3} (?=\S)| {4}(?=\S)|")

# Colour adds nothing that the words don't say.
_STYLES = {"content": "bold", "cue": "underline", "source": "italic cyan", "furniture": "dim"}
_FORMS = {"direct": "bold", "mixed": "", "indirect": ""}


def write(target: Target, coverage: Coverage, language: str = "en") -> int:
    """Write every article's statements as :func:`list_statements` gives them, without colour.

    Returns how many statements were written. Only one article is held at a time. Raises UnknownLanguage.
    """
    count = 0
    with open_text(target) as stream:
        console = Console(file=stream, no_color=True, force_terminal=False, width=100)
        for article, statements in coverage:
            console.print(list_statements(article, statements, language), end="\n\n", soft_wrap=True)
            count += len(statements)
    return count


def list_statements(article: Article, statements: Sequence[Statement], language: str = "en") -> Text:
    """Return the article's title and place, then its numbered statements in the order given."""
    words = wording(language)
    parts = [_head(article, words)]
    parts += [_entry(article, statement, words, number) for number, statement in enumerate(statements, 1)]
    if not statements:
        parts.append(Text(words.text["no_statements"]))
    return Text("\n\n").join(parts)


def list_speaker(speaker: Speaker, coverage: Coverage, language: str = "en") -> Text:
    """Return the speaker's name, spellings and roles, then the statements in the speaker's order.

    Statements of others in the coverage are left out.
    """
    words = wording(language)
    said = {s.id: (article, s) for article, statements in coverage for s in statements}
    head = _name(speaker, words)
    called = clean(plain(", ".join(role for role in speaker.roles if role != speaker.name)))
    for label, others in (("also", _other_names(speaker)), ("called", called)):
        if others:
            head.append(f"\n{words.text[label]}{words.colon} {others}", style="dim")
    parts = [head]
    for number, (article, statement) in enumerate((said[i] for i in speaker.statements if i in said), 1):
        parts.append(_entry(article, statement, words, number, place=True))
    return Text("\n\n").join(parts)


def list_speakers(speakers: Sequence[Speaker], unknown: int, language: str = "en") -> Text:
    """Return a line a speaker, in the order given, then how many statements have no known speaker."""
    words = wording(language)
    lines = []
    for speaker in speakers:
        line = _name(speaker, words)
        line.append(SEPARATOR + words.count(len(speaker.statements), "statements"))
        if others := _other_names(speaker):
            line.append(f"{SEPARATOR}{words.text['also']}{words.colon} {others}", style="dim")
        lines.append(line)
    if unknown:
        lines.append(Text(words.count(unknown, "unknown")))
    return Text("\n").join(lines or [Text(words.text["no_statements"])])


def wrap(text: Text, width: int) -> Text:
    """Return the text in lines of at most ``width`` cells, each begun where the words of its paragraph begin.

    >>> print(wrap(Text("  1 Ada Thornwick stated that it rains"), 24))
      1 Ada Thornwick stated
        that it rains
    """
    console = Console(width=width, no_color=True, force_terminal=False)
    lines = []
    for line in text.split("\n", allow_blank=True):
        indent = len(_INDENT.match(line.plain)[0])  # type: ignore[index]
        head, rest = line[:indent], line[indent:]
        for number, part in enumerate(rest.wrap(console, max(width - indent, 20)) or [Text()]):
            part.rstrip()
            lines.append((Text(" " * indent) if number else head) + part)
    return Text("\n").join(lines)


def mark_article(article: Article, statements: Sequence[Statement], language: str = "en") -> Text:
    """Return the article's whole text with its statements marked ``⟦1 …⟧``, then what the numbers are.

    Numbers follow the order given. A statement in several pieces has its number at each.
    """
    words = wording(language)
    marks = [mark for number, s in enumerate(statements, 1) for mark in role_marks(s, number)]
    marks += [Mark(f.start, f.end, "furniture") for f in article.furniture]
    body = Text()
    styles: list[str] = []
    for token in tokens(article.text, (0, len(article.text)), marks):
        style = " ".join(_STYLES[role] for role in styles)
        if token.kind == "text":
            body.append(clean(token.text), style=style)
        elif token.kind == "open":
            styles.append(token.mark.role)
            if token.mark.role == "content":
                body.append(f"⟦{token.mark.key} ", style="bold red")
        else:
            styles.pop()
            if token.mark.role == "content":
                body.append("⟧", style="bold red")
    notes = [
        _line(article, statement, words, number) + _notes(article, statement, words)
        for number, statement in enumerate(statements, 1)
    ]
    return Text("\n\n").join([_head(article, words), body, Text("\n").join(notes)])


def _name(speaker: Speaker, words: Wording) -> Text:
    """Return the speaker's name and what sort of speaker it is."""
    name = Text()
    name.append(clean(plain(speaker.name)) or words.text["no_speaker"], style="bold")
    if speaker.kind:
        name.append(SEPARATOR + words.kinds[speaker.kind], style="dim")
    return name


def _other_names(speaker: Speaker) -> str:
    return clean(plain(", ".join(name for name in speaker.names if name != speaker.name)))


def _head(article: Article, words: Wording) -> Text:
    title = article.title or article.name
    head = Text()
    head.append(clean(plain(title)), style="bold")
    published = phrase(article.published, words) if article.published else ""
    places = [outlet(article), published, article.name, article.url]
    if beside := [place for place in dict.fromkeys(places) if place and place != title]:
        head.append("\n" + clean(plain(SEPARATOR.join(beside))), style="dim")
    return head


def _line(article: Article, statement: Statement, words: Wording, number: int) -> Text:
    """Return who did what, in which form, when and through which words: one line."""
    name = statement.speaker or cut(article.text, statement.source) or words.text["no_speaker"]
    line = Text(f"{number:>3} ", style="bold red")
    line.append(clean(plain(name)), style="bold")
    if statement.speaker_kind == "anonymous":
        line.append(f" ({words.kinds['anonymous']})")
    act = words.act(statement.act, negated=statement.negated)
    line.append(f" {act}", style="bold magenta" if statement.negated else "magenta")
    if statement.cue:
        line.append(f" [{clean(plain(cut(article.text, statement.cue)))}]")
    notes = [words.forms[statement.form], clean(day_said(article, statement, words))]
    if statement.nested:
        notes.append(words.text["nested"])
    line.append(SEPARATOR + SEPARATOR.join(notes), style="dim")
    return line


def _entry(article: Article, statement: Statement, words: Wording, number: int, place: bool = False) -> Text:
    entry = _line(article, statement, words, number)
    entry.append(f"\n{INDENT}{clean(plain(words_said(article, statement)))}", style=_FORMS[statement.form])
    return entry + _notes(article, statement, words, place)


def _notes(article: Article, statement: Statement, words: Wording, place: bool = False) -> Text:
    """Return the line of the statement's roles as they are written (``place``: and where); empty for none.

    A source that is the speaker's name says nothing more and is left out.
    """
    notes = [outlet(article), article.name] if place else []
    notes += [
        f"{words.roles[role]}{words.colon} {found}"
        for role in ("source", "addressee", "channel", "time", "relay")
        if (found := cut(article.text, getattr(statement, role)))
        and not (role == "source" and found == statement.speaker)
    ]
    line = clean(plain(SEPARATOR.join(dict.fromkeys(notes))))
    return Text(f"\n{INDENT}{line}", style="dim") if notes else Text()
