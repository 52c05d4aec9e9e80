"""The exceptions of onrecord.

A caller's mistake or a broken file raises; an imperfect article never does: it gives less,
with a reason that is counted and shown.

    OnrecordError
    ├── UnreadableInput     a file or a line that can't be read as an article
    ├── InvalidLanguage     a language file with a mistake in it
    ├── UnknownLanguage     no language file for a language code
    ├── InvalidDate         a value that is not an EDTF date
    ├── UnknownRecord       an id that the record doesn't hold
    └── BrokenStore         a file that is not a record, or was written by a newer onrecord

Every exception keeps its facts in ``args`` and formats them in ``__str__``, so it survives pickling.
"""

from __future__ import annotations


class OnrecordError(Exception):
    """Anything that onrecord raises on purpose: place, what was found, what helps."""


class UnreadableInput(OnrecordError):
    """A file or a line that can't be read as an article: ``(place, reason)``."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(place, reason)
        self.place = place
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}"


class InvalidLanguage(OnrecordError):
    """A language file with a mistake in it: ``(place, found)``."""

    def __init__(self, place: str, found: str) -> None:
        super().__init__(place, found)
        self.place = place
        self.found = found

    def __str__(self) -> str:
        return f"{self.place}: {self.found}"


class UnknownLanguage(OnrecordError):
    """No language file for this code: ``(code, known)``."""

    def __init__(self, code: str, known: tuple[str, ...]) -> None:
        super().__init__(code, known)
        self.code = code
        self.known = known

    def __str__(self) -> str:
        return f"language {self.code!r} is not known; known are {', '.join(self.known)}"


class InvalidDate(OnrecordError):
    """A value that is not an EDTF date: ``(value,)``."""

    def __init__(self, value: str) -> None:
        super().__init__(value)
        self.value = value

    def __str__(self) -> str:
        return f"{self.value!r} is not an EDTF date such as 2023-01-22, 2023-01 or 2023-01-23T11:36:09Z"


class UnknownRecord(OnrecordError):
    """An id or a name that the record doesn't hold: ``(kind, wanted)``."""

    def __init__(self, kind: str, wanted: str) -> None:
        super().__init__(kind, wanted)
        self.kind = kind
        self.wanted = wanted

    def __str__(self) -> str:
        return f"no {self.kind} {self.wanted!r} in the record"


class BrokenStore(OnrecordError):
    """A file that is not a record, or one of a newer onrecord: ``(place, reason)``."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(place, reason)
        self.place = place
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}"
