"""The command line: arguments in, one call into the package, and what came of it in words.

Results go to standard output; progress, what was skipped and errors to standard error. Texts are translated
through :mod:`onrecord.messages`. What is slow to import is imported inside the commands, so that
``onrecord --help`` is quick.
"""

from __future__ import annotations

import getpass
import importlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from gettext import gettext as _
from gettext import ngettext
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, cast

import msgspec
import typer

from onrecord import languages, messages
from onrecord.errors import BrokenStore, OnrecordError, UnknownLanguage, UnknownRecord, UnreadableInput

if TYPE_CHECKING:
    from rich.text import Text

    from onrecord.evaluation import Evaluation
    from onrecord.readers import Skipped
    from onrecord.records import Article, Decision, Statement
    from onrecord.store import Record

app = typer.Typer(
    name="onrecord",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    epilog="Exit code: 0 done; 1 nothing could be read or found, or something does not hold; 2 wrong usage.",
)

Paths = Annotated[
    list[str],
    typer.Argument(metavar="PATH", help="Texts, JSON Lines of articles, folders; - is standard input."),
]
Db = Annotated[Path, typer.Option("--db", envvar="ONRECORD_DB", metavar="FILE", help="The record's file.")]
Language = Annotated[
    str | None,
    typer.Option(
        metavar="CODE",
        callback=lambda code: _known_language(code),
        help="The articles' language (fr, en), where they don't say it.",
    ),
]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="Where to write, if not to standard output."),
]
Json = Annotated[bool, typer.Option("--json", help="Write JSON, for programs.")]
Tongue = Literal["en", "fr"]
Interface = Annotated[
    Tongue | None,
    typer.Option("--ui", envvar="ONRECORD_UI", help="The language to speak to you."),
]
By = Annotated[
    str,
    typer.Option(
        envvar="ONRECORD_BY", metavar="NAME", show_default=False, help="Your name; else that of your account."
    ),
]
RECORD = Path("onrecord.db")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command that the arguments name (by default those of the process), and exit with its code."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that can't show a letter shows "?", and the rest.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    given = _tongue_first(sys.argv[1:] if arguments is None else arguments)
    messages.speak(given[0].removeprefix("--ui=") if given[0] else os.environ.get("ONRECORD_UI", ""))
    command = typer.main.get_command(app)
    for part, attribute, text in help_texts(command):
        setattr(part, attribute, _(text))
    try:
        command.main(given if given[0] else given[1:], prog_name="onrecord")
    except (OnrecordError, OSError) as error:
        _tell(f"onrecord: {_explained(error)}")
        raise SystemExit(1) from None
    finally:
        _flush()


def _known_language(code: str | None) -> str | None:
    try:
        return code and languages.load(code).code
    except UnknownLanguage as error:
        raise typer.BadParameter(str(error)) from None


def _say_version(asked: bool) -> None:
    if asked:
        typer.echo(f"onrecord {metadata.version('onrecord')}")
        raise typer.Exit


@app.callback()
def _onrecord(
    ui: Interface = None,  # main has read it already: the help texts depend on it
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_say_version, help="Say which version it is.")
    ] = False,
) -> None:
    """Who said what, to whom, when, and what each outlet made of it: a record that can be checked."""


@app.command(epilog="Example: onrecord extract news/*.txt --format csv -o statements.csv")
def extract(
    paths: Paths,
    form: Annotated[
        Literal["jsonl", "csv", "text"], typer.Option("--format", help="What to write.")
    ] = "jsonl",
    output: Output = None,
    language: Language = None,
) -> None:
    """Find the statements in articles. No record is kept."""
    from onrecord.readers import Skipped, read

    skipped: list[Skipped] = []
    unread: list[Skipped] = []
    count = 0

    def coverage() -> Iterator[tuple[Article, tuple[Statement, ...]]]:
        nonlocal count
        # A bar would be in the way of statements on the same screen.
        with _progress(shown=output is not None or not sys.stdout.isatty()) as progress:
            for item in read(paths, language):
                if isinstance(item, Skipped):
                    skipped.append(item)
                else:
                    count += 1
                    yield item, _statements(item, unread)
                progress(count + len(skipped), 0)

    writer = importlib.import_module(f"onrecord.writers.{form}")
    wording = (messages.spoken(),) if form == "text" else ()
    writer.write(output or sys.stdout.buffer, coverage(), *wording)
    _tell_written(output)
    _tell_skipped(skipped, unread)
    _exit_unless(count)


@app.command(epilog="Example: onrecord add news/ --db elections.db")
def add(paths: Paths, db: Db = RECORD, language: Language = None, json: Json = False) -> None:
    """Put articles and their statements in the record. Adding twice is adding once."""
    from onrecord import pipeline

    with _open(db, create=True) as record:
        try:
            with _progress() as progress:
                tally = pipeline.add(record, paths, language=language, progress=progress)
        except KeyboardInterrupt:
            kept = record.counts().articles
            words = ngettext(
                "Interrupted: {n} article is kept. Run it again to go on.",
                "Interrupted: {n} articles are kept. Run it again to go on.",
                kept,
            )
            _tell(words.format(n=kept))
            raise typer.Exit(130) from None
    if json:
        _print_json(tally)
    else:
        articles = ngettext("{n} article read", "{n} articles read", tally.read).format(n=tally.read)
        new = _("{new} new, {known} known").format(new=tally.new, known=tally.known)
        statements = ngettext("{n} statement", "{n} statements", tally.statements).format(n=tally.statements)
        typer.echo(f"{articles} ({new}), {statements}")
    _tell_skipped(tally.skipped, tally.unread)
    _exit_unless(tally.read)


@app.command(epilog="Example: onrecord who Medvedev")
def who(
    name: Annotated[str, typer.Argument(metavar="NAME", help="In any spelling; without it, everybody.")] = "",
    db: Db = RECORD,
    json: Json = False,
) -> None:
    """List what a speaker said, or everybody who said something. All articles and spellings count."""
    from onrecord import pipeline
    from onrecord.writers import jsonl, text

    with _open(db) as record:
        speakers = pipeline.who(record, name)
        if name and not speakers:
            raise UnknownRecord("speaker", name)
        if not (name or json):
            known = sum(len(speaker.statements) for speaker in speakers)
            _print(text.list_speakers(speakers, record.counts().statements - known, messages.spoken()))
            return
        coverage = {speaker.id: list(_coverage(record, speaker.mentions)) for speaker in speakers}
    if json:
        _print_json(
            [
                msgspec.to_builtins(speaker)
                | {"articles": [jsonl.article_object(*found) for found in coverage[speaker.id]]}
                for speaker in speakers
            ]
        )
        return
    for speaker in speakers:
        _print(text.list_speaker(speaker, coverage[speaker.id], messages.spoken()))


@app.command(epilog="Example: onrecord show seeds/medvedev --db elections.db")
def show(
    article: Annotated[str, typer.Argument(help="An article's id, the start of it, or its name.")],
    db: Db = RECORD,
) -> None:
    """Print an article with its statements marked."""
    from onrecord.writers import text

    with _open(db) as record:
        found = record.article(article)
        statements = list(record.statements(found.id))
    _print(text.mark_article(found, statements, messages.spoken()))


@app.command(epilog='Example: onrecord search "nuclear power"')
def search(
    words: Annotated[str, typer.Argument(help="Words that are all in a statement or its speaker's name.")],
    db: Db = RECORD,
    limit: Annotated[int, typer.Option(min=1, help="How many statements at most.")] = 20,
    json: Json = False,
) -> None:
    """Find statements by their words, the best first."""
    from onrecord.writers import jsonl, text

    with _open(db) as record:
        found = record.search(words, limit=limit)
        coverage = [(record.article(statement.article_id), (statement,)) for statement in found]
    if json:
        _print_json([jsonl.article_object(*hit) for hit in coverage])
    else:
        for article, statements in coverage:
            _print(text.list_statements(article, statements, messages.spoken()))
    if not found:
        _tell(_("No statement holds all of these words."))
    _exit_unless(found)


@app.command(epilog="Example: onrecord report -o report.html --title 'The summit'")
def report(
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="Where to write the page.")
    ] = Path("report.html"),
    db: Db = RECORD,
    title: Annotated[str | None, typer.Option(help="The page's title.")] = None,
) -> None:
    """Write the record as one self-contained page, in the language of --ui."""
    from onrecord import pipeline

    with _open(db) as record:
        pipeline.report(record, output, language=cast("Tongue", messages.spoken()), title=title)
    _tell_written(output)


@app.command(epilog="Example: onrecord verify --db elections.db")
def verify(db: Db = RECORD, json: Json = False) -> None:
    """Check that every span stands in its article. It does not check that what was found is right."""
    from onrecord import pipeline

    with _open(db) as record:
        found = pipeline.verify(record)
    if json:
        _print_json(found)
    else:
        for fault in found.faults:
            typer.echo(f"{fault.statement_id} {fault.role}: {fault.reason}")
        spans = ngettext("{held} of {n} span holds", "{held} of {n} spans hold", found.spans)
        statements = ngettext("{n} statement", "{n} statements", found.statements).format(n=found.statements)
        typer.echo(f"{spans.format(held=found.held, n=found.spans)} ({statements})")
        typer.echo(_("Checked: each span stands in its article. Not checked: whether it was read aright."))
    _exit_unless(not found.faults)


@app.command(epilog="Example: onrecord export --format parquet -o statements.parquet")
def export(
    form: Annotated[
        Literal["jsonl", "csv", "parquet"], typer.Option("--format", help="What to write.")
    ] = "jsonl",
    output: Output = None,
    db: Db = RECORD,
) -> None:
    """Write the whole record as JSON Lines or a table."""
    from onrecord import pipeline

    if form == "parquet" and output is None and sys.stdout.isatty():
        raise typer.BadParameter(_("Parquet is not for a screen: name a file with -o."))
    with _open(db) as record:
        pipeline.export(record, form, output or sys.stdout.buffer)
    _tell_written(output)


@app.command(epilog="Example: onrecord evaluate gold.jsonl --against before.jsonl")
def evaluate(
    golds: Annotated[
        list[Path], typer.Argument(metavar="GOLD", help="JSON Lines of articles with all their statements.")
    ],
    found: Annotated[
        Path | None,
        typer.Option("--pred", metavar="FILE", help="What a program found; else onrecord reads the texts."),
    ] = None,
    against: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A former run: list what was gained and lost since.")
    ] = None,
    floors: Annotated[
        Path | None, typer.Option(metavar="FILE", help="What no figure may fall below, in JSON.")
    ] = None,
    rise: Annotated[
        bool, typer.Option("--raise", help="Raise the floors to just below the figures.")
    ] = False,
    json: Json = False,
) -> None:
    """Score what is found in texts of which all is known. It says how sure the figures are."""
    from onrecord.evaluation import evaluate as score
    from onrecord.evaluation.floors import hold

    if rise and floors is None:
        raise typer.BadParameter(_("--raise needs --floors."))
    with _progress() as progress:
        done = [score(gold, found=found, against=against, progress=progress) for gold in golds]
    if json:
        _print_json(done)
    for evaluation in done:
        if not json:
            _print_evaluation(evaluation)
        _tell_skipped(evaluation.skipped)
    breaches = hold(floors, {e.gold: e.figures for e in done}, rise=rise) if floors else []
    for gold, figure, value, floor in map(msgspec.structs.astuple, breaches):
        low = _("{gold}: {figure} is {value}, below its floor {floor}")
        words = low if figure else _("{gold}: no floors; --raise sets them")
        _tell(words.format(gold=gold, figure=figure, value=f"{value or 0:.3f}", floor=floor))
    _exit_unless(not breaches)


@app.command(epilog='Example: onrecord decide different "Ana Melo" "Rui Melo" --why "two ministers"')
def decide(
    verdict: Annotated[Literal["same", "different"], typer.Argument(help="Are they one speaker?")],
    a: Annotated[str, typer.Argument(help="A speaker's name or id.")],
    b: Annotated[str, typer.Argument(help="Another one's.")],
    why: Annotated[str, typer.Option(help="What you rest it on.")] = "",
    by: By = "",
    db: Db = RECORD,
) -> None:
    """Say that two speakers are one, or are not. It wins over the program."""
    from onrecord import pipeline

    with _open(db) as record:
        made = pipeline.decide(record, same=verdict == "same", a=a, b=b, by=by or getpass.getuser(), why=why)
        _print_decision(record, made)


@app.command(epilog="Example: onrecord decisions --withdraw 5f0c1a2b3c4d5e6f")
def decisions(
    withdraw: Annotated[str, typer.Option(metavar="ID", help="Take this decision back.")] = "",
    by: By = "",
    db: Db = RECORD,
    json: Json = False,
) -> None:
    """List the decisions in force, or take one back."""
    from onrecord import pipeline

    with _open(db) as record:
        found = list(record.decisions())
        if withdraw:
            if not pipeline.withdraw(record, withdraw, by=by or getpass.getuser()):
                _tell(_("{id} had been taken back before.").format(id=withdraw))
                raise typer.Exit(1)
            typer.echo(_("Taken back:"))
            found = [decision for decision in found if decision.id == withdraw]
        if json:
            _print_json([{"id": decision.id} | msgspec.to_builtins(decision) for decision in found])
            return
        for decision in found:
            _print_decision(record, decision)


def _tongue_first(arguments: Sequence[str]) -> list[str]:
    """Return ``--ui=LANGUAGE`` ("" where it isn't given), then the other arguments.

    So ``--ui`` may stand anywhere, and is known before the help texts are made.
    """
    tongue, others = "", []
    coming = iter(arguments)
    for argument in coming:
        if argument == "--":
            others += [argument, *coming]
        elif argument == "--ui":
            tongue = f"--ui={next(coming, '')}"
        elif argument.startswith("--ui="):
            tongue = argument
        else:
            others.append(argument)
    return [tongue, *others]


def _explained(error: OnrecordError | OSError) -> str:
    """Return what went wrong in words; of the system's errors without their numbers."""
    if isinstance(error, UnknownRecord):
        kinds = {"speaker": _("speaker"), "article": _("article"), "decision": _("decision")}
        kind = kinds.get(error.kind, error.kind)
        return _("no {kind} {wanted!r} in the record").format(kind=kind, wanted=error.wanted)
    if isinstance(error, UnreadableInput | BrokenStore):
        return f"{error.place}: {_(error.reason)}"
    if isinstance(error, OSError) and error.strerror and error.filename:
        return f"{error.filename}: {_(error.strerror.lower())}"
    return str(error)


def help_texts(command: Any) -> Iterator[tuple[Any, str, str]]:
    """Yield every help text of a command and of those under it: what has it, under which name, the text."""
    for part in (command, *command.get_params(typer.Context(command))):
        for attribute in ("help", "epilog"):
            if text := getattr(part, attribute, None):
                yield part, attribute, text
    for under in getattr(command, "commands", {}).values():
        yield from help_texts(under)


def _open(db: Path, create: bool = False) -> Record:
    from onrecord.store import Record

    return Record(db, create=create)


def _statements(article: Article, unread: list[Skipped]) -> tuple[Statement, ...]:
    """Return the article's statements; an article in a language that isn't known has none, and is told."""
    from onrecord import pipeline
    from onrecord.readers import Skipped

    try:
        return pipeline.extract(article)
    except UnknownLanguage as error:
        unread.append(Skipped(article.origin or article.name, str(error)))
        return ()


def _coverage(record: Record, mentions: Sequence[str]) -> Iterator[tuple[Article, list[Statement]]]:
    """Yield the articles of the mentions, each with all of its statements."""
    for article_id in dict.fromkeys(mention.split("#")[0] for mention in mentions):
        yield record.article(article_id), list(record.statements(article_id))


def _print_decision(record: Record, decision: Decision) -> None:
    """Print a decision on a line; of mentions the name, with that of their article."""
    sides = []
    for key in (decision.a, decision.b):
        article_id, parted, name = key.partition("#")
        sides.append(f"{name} ({record.article(article_id).name})" if parted else key)
    said = f" {'=' if decision.same else '≠'} ".join(sides)
    typer.echo(f"{decision.id}  {decision.kind}  {said}  [{decision.by}: {decision.evidence}]")


def _print_evaluation(evaluation: Evaluation) -> None:
    """Print the figures as a table, and under it what was gained and lost."""
    from rich.console import Console
    from rich.table import Table

    from onrecord.writers.labels import plain
    from onrecord.writers.targets import clean

    articles = ngettext("{n} article", "{n} articles", evaluation.articles).format(n=evaluation.articles)
    statements = ngettext("{n} statement", "{n} statements", evaluation.statements)
    typer.echo(f"{evaluation.gold}: {articles}, {statements.format(n=evaluation.statements)}")
    table = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False)
    for heading in ("", "F1", "95 %", "P", "R", _("gold"), _("found"), *evaluation.languages):
        table.add_column(heading, justify="right" if heading else "left", no_wrap=True)
    for key, figure in evaluation.figures.items():
        table.add_row(
            key, f"{figure.value:.3f}", f"{figure.low:.3f}-{figure.high:.3f}",
            f"{figure.precision:.3f}", f"{figure.recall:.3f}", str(figure.gold), str(figure.found),
            *(f"{f[key].value:.3f}" if key in f else "" for f in evaluation.languages.values()),
        )  # fmt: skip
    Console(highlight=False).print(table)
    for change in evaluation.changes:
        sign = "+" if change.gained else "-"
        typer.echo(clean(plain(f"{sign} {change.article} {change.what}: {change.text}")))
    gained = sum(change.gained for change in evaluation.changes)
    if evaluation.changes:
        lost = len(evaluation.changes) - gained
        typer.echo(_("{gained} gained, {lost} lost").format(gained=gained, lost=lost))
    typer.echo()


@contextmanager
def _progress(shown: bool = True) -> Iterator[Callable[[int, int], None]]:
    """Show a bar on a terminal; what is yielded takes the articles done, of how many (0: unknown)."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (TextColumn(_("Reading")), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not (shown and console.is_terminal)) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of or None)


def _print(shown: Text) -> None:
    """Print a text: on a terminal in lines of its width, the others of an entry indented as the first."""
    from rich.console import Console

    from onrecord.writers import text

    console = Console(highlight=False)
    lines = text.wrap(shown, console.width) if console.is_terminal else shown
    console.print(lines, end="\n\n", soft_wrap=True)


def _print_json(value: object) -> None:
    sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(value)) + b"\n")


def _tell(message: str) -> None:
    typer.echo(message, err=True)


def _tell_skipped(skipped: Sequence[Skipped], unread: Sequence[Skipped] = ()) -> None:
    """List what was skipped with its reason, then what was kept without statements."""
    if skipped:
        _tell(ngettext("{n} skipped:", "{n} skipped:", len(skipped)).format(n=len(skipped)))
    for item in skipped:
        _tell(f"  {item.place}: {_(item.reason)}")
    if unread:
        told = ngettext("{n} kept without statements:", "{n} kept without statements:", len(unread))
        _tell(told.format(n=len(unread)))
    for item in unread:
        _tell(f"  {item.place}: {_(item.reason)}")


def _tell_written(path: Path | None) -> None:
    if path:
        _tell(_("Written: {path}").format(path=path))


def _exit_unless(done: object) -> None:
    if not done:
        raise typer.Exit(1)


def _flush() -> None:
    """Write out what is left; a reader that has gone (``| head``) is no error."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
