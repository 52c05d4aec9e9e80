"""Layout: what of a plain text is head and furniture: date lines, bylines, titles, headlines put in between.

The wordings are data (``[head]`` of the language files, of all languages together: a French page may say
"last modified"); what is here are shapes. The rules are of this project, made on the kinds of text in
``tests/readers/layouts.toml``; a doubtful line stays running text.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from onrecord import dates, languages
from onrecord.dates import Expression
from onrecord.readers.notices import tongues
from onrecord.records import Furniture, Span
from onrecord.text import fold, paragraphs

# Date lines and titles stand in the first lines that hold anything.
_HEAD_LINES = 8
_LONGEST_TITLE = 160
_LONGEST_HEADLINE = 300
_LONGEST_DATELINE = 200
_SENTENCE_ENDS = ".;:,…"
_DASH = re.compile(r"\s(?:-|–|—|--)\s|\s?—\s?")
_CREDIT = re.compile(r"\([^()]{2,40}\)")
_PLACE = re.compile(r"(?:[^\W\d_a-z][\w'’-]+ ?){1,3},")
_BULLETS = "•·*#>►▶■●-–— \t\u00a0"

_Kind = Literal["dateline", "title", "headline"]


class Layout(NamedTuple):
    """What the shape of a text says: title and published value ("" where none), furniture in order."""

    title: str
    published: str
    furniture: tuple[Furniture, ...]


class _Dated(NamedTuple):
    """The days that a date line names, and where in the text it ends."""

    end: int
    published: list[str]
    modified: list[str]


class _Wordings(NamedTuple):
    """The wordings of all languages, as patterns."""

    published: re.Pattern[str]
    modified: re.Pattern[str]
    either: re.Pattern[str]
    byline: re.Pattern[str]
    see_also: re.Pattern[str]


def recognise(text: str, language: str = "", title: str = "", start: int = 0) -> Layout:
    """Return title, published value and furniture of a text.

    ``language`` says how 03/04/2023 is read ("" leaves it out); ``title`` is the title where it is known
    already; the text up to ``start`` is front matter, and furniture. The first mention of a title is part
    of the text; further ones at the head are furniture. The published value prefers publication to
    modification, and is as exact as the dates that agree with it.
    """
    head = _Head(text, language, title)
    first = list(itertools.islice(_lines(text, start), _HEAD_LINES + 1))
    for line in first[:_HEAD_LINES]:
        head.take(line, last=line == first[-1])
    furniture = [Furniture(0, start, "dateline")] if start else []
    furniture += head.furniture
    taken = {each.start for each in furniture}
    furniture += [each for each in _headlines(text, start, head.titled) if each.start not in taken]
    return Layout(head.title, head.day(), tuple(sorted(furniture, key=lambda each: each.start)))


class _Head:
    """The head of a text, line by line: what has been seen so far."""

    def __init__(self, text: str, language: str, title: str) -> None:
        self.text = text
        self.language = language
        self.title = title
        self.titled = -1  # where the line of the title starts
        self.furniture: list[Furniture] = []
        self.published: list[str] = []
        self.modified: list[str] = []
        self.places: list[Expression] = []
        self.begun = False  # the running text has begun
        self.opened = False  # and the date or place that it opens with has been seen

    def take(self, line: Span, *, last: bool) -> None:
        """Read the next line."""
        text = self.text[slice(*line)]
        if self.title and len(text) < 2 * _LONGEST_TITLE and fold(text) == fold(self.title):
            if self.titled < 0:
                self.titled = line[0]
            else:
                self._mark(*line, "title")
        elif dated := _date_line(text, self.language):
            self.published += dated.published
            self.modified += dated.modified
            self._mark(*line, "dateline")
        elif _byline(text, strict=self.titled < 0):
            self._mark(*line, "dateline")
        elif not self.begun and not self.title and not last and _titlelike(text):
            self.title, self.titled = text.strip(_BULLETS), line[0]
        elif not self.opened and (dated := _opening(text, self.language)):
            self.published += dated.published
            self.modified += dated.modified
            self._open(line, dated.end)
        elif not self.opened and (end := self._place(text)):
            self._open(line, end)
        elif text[-1:] in '.!?»”"':
            self.begun = True

    def day(self) -> str:
        """Return the published value: publication before modification, refined by dates that agree."""
        best = ""
        for value in self.published or self.modified:
            if not best or dates.refines(value, best):
                best = value
        for expression in self.places:
            value = dates.resolve(expression, best, "past")
            if dates.refines(value, best) or not best:
                best = value
        return best

    def _mark(self, start: int, end: int, kind: _Kind) -> None:
        self.furniture.append(Furniture(start, end, kind))

    def _open(self, line: Span, end: int) -> None:
        self._mark(line[0], line[0] + end, "dateline")
        self.begun = self.opened = True

    def _place(self, text: str) -> int:
        """Return where an opening such as "VALMIRE, 23 janvier (Agence) — " ends, or 0; note its date."""
        dash = _DASH.search(text, 0, 100)
        if not dash or not text[dash.end() : dash.end() + 1] or text[dash.end()].islower():
            return 0
        opening = text[: dash.start()]
        found = _expressions(opening, self.language)
        credit = _CREDIT.search(opening)
        names = re.findall(r"[^\W\d_]+", _CREDIT.sub(" ", _blank(opening, found)))
        # "de", "of", "Va" may stand in a place's name.
        if not 0 < len(names) <= 6 or any(name.islower() and len(name) > 3 for name in names):
            return 0
        shouted = names[0].isupper() and len(names[0]) > 2
        if re.search('[!?:;«»“”"]', opening) or not (shouted or (names[0].istitle() and (found or credit))):
            return 0
        self.places += found
        return dash.end()


def _date_line(text: str, language: str) -> _Dated | None:
    """Return what a line says that holds a date, and nothing else but its wording and perhaps a byline."""
    if len(text) > _LONGEST_DATELINE:
        return None
    dated = _dated(text, language)
    if dated is None:
        return None
    wordings = _wordings()
    rest = _blank(text, _expressions(text, language))
    if _PLACE.fullmatch(rest.strip()):
        return dated
    worded = wordings.either.search(rest) is not None
    rest = wordings.either.sub(" ", rest)
    words = re.findall(r"[^\W\d_]+", rest)
    if wordings.byline.match(rest.strip(_BULLETS + "|,/()")) and len(words) <= 10:
        return dated
    few = len(words) <= (4 if worded else 2 if all(word.isupper() for word in words) else 0)
    return dated if few and (not words or text[-1] not in ".!?»”") else None


def _opening(text: str, language: str) -> _Dated | None:
    """Return what a date says that is glued before the first sentence: "date 2023-01 The mayor said ..."."""
    match = _wordings().either.match(text)
    if not match:
        return None
    for expression in _expressions(text[:_LONGEST_DATELINE], language):
        before = text[match.end() : expression.start]
        if expression.start < match.end() or before.strip(" :\t\u00a0"):
            continue
        end = expression.end
        while end < len(text) and text[end] in _BULLETS + "|:)]":
            end += 1
        if end == len(text) or text[end].islower() or text[end] in ".,;":
            return None
        dated = _dated(text[: expression.end], language)
        return dated._replace(end=end) if dated else None
    return None


def _dated(text: str, language: str) -> _Dated | None:
    """Return the full dates of a line, each with what the wording before it says; None where none is."""
    wordings = _wordings()
    published: list[str] = []
    modified: list[str] = []
    for expression in _expressions(text, language):
        value = dates.resolve(expression, "", "past")
        if not value or expression.until:
            continue
        said = list(wordings.either.finditer(text, 0, expression.start))
        changed = bool(said) and wordings.modified.fullmatch(said[-1].group()) is not None
        (modified if changed else published).append(value)
    return _Dated(len(text), published, modified) if published or modified else None


def _expressions(text: str, language: str) -> list[Expression]:
    """Return the dates of a line in any known language, the longest of those that overlap."""
    found = [each for tongue in tongues(language) for each in dates.find(text, tongue)]
    kept: list[Expression] = []
    for each in sorted(found, key=lambda each: (each.start, -each.end)):
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return kept


def _blank(text: str, expressions: list[Expression]) -> str:
    for each in expressions:
        text = text[: each.start] + " " * (each.end - each.start) + text[each.end :]
    return text


def _byline(text: str, *, strict: bool) -> bool:
    """Say whether a line names its author and nothing else; before a title, only names may follow."""
    match = _wordings().byline.match(text.strip(_BULLETS))
    if not match:
        return False
    words = text.strip(_BULLETS)[match.end() :].split()
    if not 0 < len(words) <= 8 or text[-1] in ".!?:":
        return False
    capital = [word[:1].isupper() for word in words]
    # "from our correspondent in Valmire", but not "by the book"
    return all(capital) if strict else capital[0] or " " in match.group().strip()


def _titlelike(text: str) -> bool:
    bare = text.strip(_BULLETS)
    return (
        len(bare.split()) >= 2
        and len(bare) <= _LONGEST_TITLE
        and bare[-1] not in _SENTENCE_ENDS
        and not _wordings().see_also.match(text)
    )


def _headlines(text: str, start: int, titled: int) -> Iterator[Furniture]:
    """Yield the headlines of other stories amid the text: in capitals, or after "read also"."""
    # Lines are walked twice rather than kept: a hostile file has millions.
    count = shouts = 0
    for span in _lines(text, start):
        count += 1
        shouts += _shouted(text, span)
    # Where every third line is in capitals, capitals say nothing.
    telling = shouts * 3 <= count
    begun = announced = False
    for index, (first, end) in enumerate(_lines(text, start), 1):
        line = text[first : min(end, first + _LONGEST_HEADLINE + 1)]
        pointer = _wordings().see_also.match(line) if len(line) <= _LONGEST_HEADLINE else None
        follows = announced and _titlelike(line)
        announced = pointer is not None and pointer.end() == len(line)
        if pointer or follows or (telling and begun and index < count and _shouted(text, (first, end))):
            if first != titled:
                yield Furniture(first, end, "headline")
        elif text[end - 1] in '.!?»”"':
            begun = True


def _lines(text: str, start: int) -> Iterator[Span]:
    return (line for line in paragraphs(text) if line[0] >= start)


def _shouted(text: str, span: Span) -> bool:
    """Say whether a line is in capitals, as long as a headline, and no quotation."""
    start, end = span
    if not 20 <= end - start <= _LONGEST_HEADLINE or text[start] in "«“\"'‘":
        return False
    line = text[start:end]
    if len(line.split()) < 4:
        return False
    letters = [c for c in line if c.isupper() or c.islower()]
    return len(letters) >= 16 and sum(c.isupper() for c in letters) >= 0.95 * len(letters)


@functools.cache
def _wordings() -> _Wordings:
    """Return the wordings of all language files."""
    heads = [languages.load(code).head for code in languages.known()]

    def either(*kinds: str) -> str:
        entries = {entry for head in heads for kind in kinds for entry in getattr(head, kind)}
        escaped = (re.escape(each).replace(r"\ ", r"\s").replace("'", "['’]") for each in entries)
        return rf"(?<!\w)(?:{'|'.join(sorted(escaped, key=len, reverse=True)) or '(?!)'})(?!\w)"

    def compiled(pattern: str) -> re.Pattern[str]:
        return re.compile(pattern, re.IGNORECASE)

    return _Wordings(
        published=compiled(either("published")),
        modified=compiled(either("modified")),
        either=compiled(either("published", "modified")),
        byline=compiled(either("byline") + r"\s*:?\s+"),
        see_also=compiled(rf"[\W_]*{either('see_also')}\s*(?:[:>»→|–—-]+|[\])]*$)"),
    )
