"""Collect the texts of the command line, renew the catalogues of their translations, and compile them.

``make messages`` runs it. Then fill in what is empty in ``src/onrecord/messages/*/LC_MESSAGES/onrecord.po``,
and run it again.
"""

from __future__ import annotations

import io
from pathlib import Path

import typer
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from onrecord import cli

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "src/onrecord/messages"

# Typer asks gettext for these.
HEADINGS = ("Arguments", "Options", "Commands", "default: {default}", "env var: {var}", "required",
            "Missing command.", "No such command {name!r}.")  # fmt: skip

# Reasons are written where they are found, and translated where they are told; the system has some too.
REASONS = {"Skipped": (2,), "UnreadableInput": (2,), "BrokenStore": (2,)}
SYSTEM = ("no such file or directory", "permission denied", "there is no such folder")

HEADER = """\
# What onrecord's command line says. Fill in every msgstr, then run make messages.
msgid ""
msgstr ""
"Language: {language}\\n"
"Plural-Forms: {plural}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def collect() -> Catalog:
    """Return a catalogue of all texts, without translations."""
    catalog = Catalog(project="onrecord", charset="utf-8")
    found = extract_from_dir(str(ROOT / "src/onrecord"), keywords=DEFAULT_KEYWORDS | REASONS)
    for _file, _line, message, _comments, _context in found:
        catalog.add(message)
    for _part, _attribute, text in cli.help_texts(typer.main.get_command(cli.app)):
        catalog.add(text)
    for text in (*HEADINGS, *SYSTEM):
        catalog.add(text)
    return catalog


def update(source: bytes, texts: Catalog) -> Catalog:
    """Return the translations of a ``.po`` file for these texts: new ones empty, old ones gone."""
    catalog = read_po(io.BytesIO(source))
    catalog.update(texts, no_fuzzy_matching=True, update_creation_date=False)
    return catalog


def editable(catalog: Catalog) -> bytes:
    """Return the catalogue as a ``.po`` file, in alphabetical order, so that a change shows as itself."""
    buffer = io.BytesIO(
        HEADER.format(language=catalog.locale_identifier, plural=catalog.plural_forms).encode()
    )
    buffer.seek(0, io.SEEK_END)
    write_po(
        buffer, catalog, width=110, no_location=True, omit_header=True, ignore_obsolete=True, sort_output=True
    )
    return buffer.getvalue()


def compiled(catalog: Catalog) -> bytes:
    """Return the catalogue as a ``.mo`` file."""
    buffer = io.BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def translated(message: Message) -> bool:
    """Say whether a message has a translation, in each of its plural forms."""
    return all(message.string) if isinstance(message.string, (tuple, list)) else bool(message.string)


def main() -> None:
    """Renew every language's two files."""
    texts = collect()
    for file in sorted(FOLDER.glob("*/LC_MESSAGES/onrecord.po")):
        catalog = update(file.read_bytes(), texts)
        file.write_bytes(editable(catalog))
        file.with_suffix(".mo").write_bytes(compiled(catalog))
        missing = sum(not translated(message) for message in catalog if message.id)
        print(f"{file.relative_to(ROOT)}: {len(catalog)} texts, {missing} without a translation")


if __name__ == "__main__":
    main()
