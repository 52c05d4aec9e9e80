"""Write src/onrecord/linking/territories.toml: the names of countries in eight languages, from CLDR.

Run: python scripts/territories.py   (needs Babel, which carries CLDR's names; a dev dependency)
"""

import re
from pathlib import Path

from babel import Locale
from babel.core import get_cldr_version

LANGUAGES = ("de", "en", "es", "fr", "it", "pt", "ru", "uk")
# Not countries: the world's unnamed parts, test values, and bodies that bodies.toml has.
LEFT_OUT = {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}
HEAD = """\
# Names of countries and territories: {languages}.
# Source: Unicode CLDR {version}, territory names, by way of Babel; codes of ISO 3166-1.
# Made by scripts/territories.py; other names and the adjectives are in bodies.toml.
# SPDX-License-Identifier: Unicode-3.0
# Copyright © 1991-2025 Unicode, Inc.

"""


def names(code: str) -> list[str]:
    """Return a territory's names without doubles; what stands in brackets ("Myanmar (Burma)") is left out."""
    found = (Locale(language).territories.get(code, "") for language in LANGUAGES)
    return list(dict.fromkeys(name.split(" (")[0] for name in found if name))


def main() -> None:
    """Write the table, one territory a line, in the order of the codes."""
    codes = sorted(c for c in Locale("en").territories if re.fullmatch("[A-Z]{2}", c) and c not in LEFT_OUT)
    lines = (
        f"{code} = [{', '.join(f'{chr(34)}{name}{chr(34)}' for name in names(code))}]\n" for code in codes
    )
    place = Path(__file__).parent.parent / "src/onrecord/linking/territories.toml"
    head = HEAD.format(languages=", ".join(LANGUAGES), version=get_cldr_version())
    place.write_text(head + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
