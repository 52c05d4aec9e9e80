"""Write ``docs/reference`` from the code: the commands from their help, the Python side from its docstrings.

``make docs`` runs it.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

import onrecord
from onrecord import cli, errors

FOLDER = Path(__file__).parents[1] / "docs/reference"
MADE = "<!-- Written by scripts/reference.py (make docs): change the code, not this page. -->\n"
WIDTH = 96


def pages() -> dict[str, str]:
    """Return every page of the reference by its file's name."""
    return {"cli.md": commands(), "python.md": python()}


def commands() -> str:
    """Return the page of the command line: what each command's ``--help`` says."""
    command = typer.main.get_command(cli.app)
    parts = [f"{MADE}\n# Commands\n\nAll of it in French too: `onrecord --ui fr add --help`.\n"]
    parts += (f"## {name}\n\n```text\n{text}\n```\n" for name, text in helps(command, None))
    return "\n".join(parts)


def helps(command: Any, parent: typer.Context | None) -> Iterator[tuple[str, str]]:
    """Yield the name and the help of a command and of those under it, in the order of the help."""
    name = command.name if parent is None else f"{parent.command_path} {command.name}"
    context = typer.Context(command, info_name=command.name, parent=parent, terminal_width=WIDTH)
    yield name, "\n".join(line.rstrip() for line in command.get_help(context).splitlines())
    for under in getattr(command, "commands", {}).values():
        yield from helps(under, context)


def python() -> str:
    """Return the page of the Python side: the verbs, the records, then the exceptions."""
    parts = [f"{MADE}\n# Python\n\n{markdown(onrecord.__doc__)}\n"]
    for name in sorted(onrecord.__all__, key=lambda name: (name[0].isupper(), name)):
        value = getattr(onrecord, name)
        if not (inspect.isclass(value) and issubclass(value, Exception)):
            parts.append(entry(name, value))
    parts.append(f"## Exceptions\n\n`onrecord.errors`. {markdown(errors.__doc__)}\n")
    return "\n".join(parts)


def entry(name: str, value: Any) -> str:
    """Return the section of one public name: how it is called, what it holds, what its docstring says."""
    if fields := getattr(value, "__struct_fields__", ()):
        types = {k: v for base in reversed(value.__mro__) for k, v in inspect.get_annotations(base).items()}
        shape = "\n".join([f"class {name}:", *(f"    {field}: {types[field]}" for field in fields)])
    elif inspect.isclass(value):
        shape = "\n".join([f"class {name}{signature(value)}", *methods(value)])
    elif callable(value):
        shape = f"def {name}{signature(value)}"
    else:
        shape = f"{name} = {value!r}"
    documented = inspect.getdoc(value) if callable(value) else ""
    return f"## {name}\n\n```python\n{shape}\n```\n\n{markdown(documented)}\n"


def methods(value: type) -> Iterator[str]:
    """Yield a line for each public method of a class, with the first sentence of its docstring."""
    for name, method in vars(value).items():
        if inspect.isfunction(method) and not name.startswith("_"):
            summary = (inspect.getdoc(method) or "").split("\n\n")[0].replace("\n", " ")
            yield f"    def {name}{signature(method)}\n        # {summary}"


def signature(value: Any) -> str:
    """Return how something is called, as its source has it."""
    found = inspect.signature(value)
    parameters = [
        p.replace(annotation=written(p.annotation)) for name, p in found.parameters.items() if name != "self"
    ]
    returned = found.empty if inspect.isclass(value) else written(found.return_annotation)
    return str(found.replace(parameters=parameters, return_annotation=returned))


def written(annotation: Any) -> Any:
    """Return an annotation so that it shows as its source has it."""
    return Written(annotation) if isinstance(annotation, str) else annotation


class Written(str):
    """An annotation that shows as it is written in the source."""

    __slots__ = ()
    __repr__ = str.__str__


def markdown(docstring: str | None) -> str:
    """Return a docstring as Markdown: code in backticks, examples and drawings in fences.

    >>> markdown("See :func:`a.b` and ``c``.")
    'See `a.b` and `c`.'
    """
    paragraphs = inspect.cleandoc(docstring or "").split("\n\n")
    parts: list[str] = []
    for paragraph in paragraphs:
        if parts and paragraph.startswith("    ") and parts[-1].startswith("    "):
            parts[-1] += f"\n\n{paragraph}"
        else:
            parts.append(paragraph)
    blocks = []
    for part in parts:
        if part.startswith(">>>"):
            blocks.append(f"```python\n{part}\n```")
        elif part.startswith("    "):
            code = inspect.cleandoc(part)
            blocks.append(f"```{'python' if code.startswith('import ') else 'text'}\n{code}\n```")
        else:
            blocks.append(re.sub(r"(?::\w+:)?`+~?([^`]+)`+", r"`\1`", part))
    return "\n\n".join(blocks)


def main() -> None:
    """Write the pages."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
