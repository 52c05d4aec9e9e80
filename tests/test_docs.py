"""The documents say what the code does: commands run, the reference and the translations are up to date."""

from __future__ import annotations

import doctest
import gettext
import os
import re
import runpy
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from urllib.parse import unquote

import pytest
from packaging.requirements import Requirement

from onrecord import messages

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
CATALOGUES = sorted(messages.FOLDER.glob("*/LC_MESSAGES/onrecord.po"))
COMMAND = re.compile(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def script(name: str) -> dict[str, object]:
    return runpy.run_path(str(ROOT / "scripts" / f"{name}.py"))


def test_tutorial_commands_say_what_it_shows(tmp_path):
    page = (ROOT / "docs/tutorial.md").read_text(encoding="utf-8")
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    environment = {k: v for k, v in os.environ.items() if not k.startswith("ONRECORD_")} | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "ONRECORD_UI": "en",
        "ONRECORD_BY": "C. Duval",
    }
    commands = [
        pair
        for block in re.findall(r"```console\n(.*?)```", page, re.DOTALL)
        for pair in COMMAND.findall(block)
    ]
    assert len(commands) >= 6
    for command, shown in commands:
        run = subprocess.run(
            command, shell=True, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=300
        )
        said = run.stdout + run.stderr
        assert run.returncode == 0, f"{command}\n{said}"
        assert doctest.OutputChecker().check_output(shown, said, FLAGS), (
            f"$ {command}\n{said}\nbut shown:\n{shown}"
        )
    assert (tmp_path / "report.html").stat().st_size > 10_000


def test_reference_is_that_of_the_code():
    for name, text in script("reference")["pages"]().items():
        assert (ROOT / "docs/reference" / name).read_text(encoding="utf-8") == text, (
            "make docs writes it anew"
        )


@pytest.mark.parametrize("file", CATALOGUES, ids=lambda file: file.parts[-3])
def test_translations_are_complete_and_compiled(file):
    made = script("messages")
    catalog = made["update"](file.read_bytes(), made["collect"]())
    assert made["editable"](catalog) == file.read_bytes(), "make messages renews it"
    assert [m.id for m in catalog if m.id and not made["translated"](m)] == []
    for message in catalog:
        assert [str(error) for error in message.check(catalog)] == [], message.id
        for text in message.string if isinstance(message.string, tuple) else [message.string]:
            wanted = message.id if isinstance(message.id, str) else message.id[0]
            assert set(re.findall(r"\{.*?\}", text)) == set(re.findall(r"\{.*?\}", wanted)), message.id
    with file.with_suffix(".mo").open("rb") as compiled:
        speaks = gettext.GNUTranslations(compiled)
    for message in catalog:
        if isinstance(message.id, tuple):
            assert [speaks.ngettext(*message.id, n) for n in (1, 2)] == list(message.string), "make messages"
        elif message.id:
            assert speaks.gettext(message.id) == message.string, "make messages compiles it"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page):
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        place, _, part = unquote(link).partition("#")
        if place.startswith(("http://", "https://")):
            continue
        target = (page.parent / place) if place else page
        assert target.exists(), link
        if part and target.suffix == ".md":
            titles = re.findall(r"^#+ (.+)$", target.read_text(encoding="utf-8"), re.MULTILINE)
            assert part in {re.sub(r"[^\w -]", "", title).lower().replace(" ", "-") for title in titles}, link


def test_decisions_are_listed_in_order():
    listed = re.findall(r"\]\((\d{4}-[a-z0-9-]+\.md)\)", (ROOT / "docs/decisions/README.md").read_text())
    assert listed == sorted(file.name for file in ROOT.glob("docs/decisions/[0-9]*.md"))
    assert [int(name[:4]) for name in listed] == list(range(1, len(listed) + 1))


def locked(name: str) -> dict[str, list[str]]:
    """Return the locked versions by package, and see that each has a hash and comes from nowhere special."""
    text = (ROOT / name).read_text()
    assert "://" not in text
    pins = re.findall(r"^([a-z0-9-]+)==([^ ]+)[^\n]*\\\n    --hash=sha256:[0-9a-f]{64}", text, re.MULTILINE)
    assert len(pins) == len(re.findall(r"^[a-z]", text, re.MULTILINE))
    versions: dict[str, list[str]] = {}
    for package, version in pins:
        versions.setdefault(package, []).append(version)
    return versions


def test_lock_holds_what_the_project_asks_for():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    run, dev = locked("requirements.txt"), locked("requirements-dev.txt")
    assert run.items() <= dev.items()
    asked = [(run, line) for line in project["dependencies"]]
    asked += [(dev, line) for line in project["optional-dependencies"]["dev"]]
    for lock, line in asked:
        wanted = Requirement(line)
        assert all(version in wanted.specifier for version in lock[wanted.name.lower()]), f"{line}: make lock"


def test_changelog_has_the_version_or_says_unreleased():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    heads = re.findall(r"^## \[(.+?)\]", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert heads[0] == "Unreleased" or heads[0] == project["version"]
