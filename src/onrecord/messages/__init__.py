"""What the command line says, in other languages: one gettext catalogue a language.

Texts are English in the source. ``<language>/LC_MESSAGES/onrecord.po`` is what translators edit, the ``.mo``
beside it is what runs; ``make messages`` renews both. Adding a language means adding a folder with a ``.po``.
"""

from __future__ import annotations

import gettext
import os
from pathlib import Path

DOMAIN = "onrecord"
FOLDER = Path(__file__).parent


def known() -> tuple[str, ...]:
    """Return the languages that the command line speaks, in alphabetical order.

    >>> known()
    ('en', 'fr')
    """
    return tuple(sorted({"en", *(path.parts[-3] for path in FOLDER.glob(f"*/LC_MESSAGES/{DOMAIN}.mo"))}))


def speak(language: str = "") -> None:
    """Let gettext answer in this language from now on, or in the system's where none is given.

    It holds for the whole process, since Typer's own headings are translated by the same call; so it is
    for programs, not for libraries. A language without a catalogue is English.
    """
    if language:
        os.environ["LANGUAGE"] = language
    gettext.bindtextdomain(DOMAIN, FOLDER)
    gettext.textdomain(DOMAIN)


def spoken() -> str:
    """Return the language that gettext answers in: the first asked for that has a catalogue, else English."""
    found = gettext.find(DOMAIN, FOLDER)
    return Path(found).parts[-3] if found else "en"
