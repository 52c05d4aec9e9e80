"""What `import onrecord` gives: a handful of verbs and records, documented, and cheap until used."""

from __future__ import annotations

import inspect
import subprocess
import sys

import pytest

import onrecord

HEAVY = ("spacy", "sqlalchemy", "pyarrow", "jinja2", "rich", "numpy", "rapidfuzz", "py3langid")


def loaded(code: str) -> list[str]:
    """Return which of the heavy libraries are loaded after this code, in a fresh process."""
    listing = f"{code}\nimport sys\nprint(*[name for name in {HEAVY!r} if name in sys.modules])"
    return subprocess.run(
        [sys.executable, "-c", listing], capture_output=True, text=True, check=True
    ).stdout.split()


@pytest.mark.parametrize("name", onrecord.__all__)
def test_every_public_name_is_there_and_documented(name):
    value = getattr(onrecord, name)
    if callable(value):
        assert inspect.getdoc(value)
        assert value.__module__.startswith("onrecord")


def test_nothing_else_is_public():
    assert onrecord.__all__ == sorted(onrecord.__all__, key=lambda name: (name[0].islower(), name))
    assert set(onrecord.__all__) <= set(dir(onrecord))
    with pytest.raises(AttributeError):
        onrecord.nothing_of_this_name  # noqa: B018


@pytest.mark.parametrize("code", ["import onrecord", "import onrecord.cli"])
def test_importing_it_is_cheap(code):
    assert loaded(code) == []
