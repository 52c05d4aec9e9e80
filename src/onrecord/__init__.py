"""Who said what, to whom, when, and what each outlet made of it: a record that can be checked.

    import onrecord

    for article in onrecord.read(["news/"]):
        if isinstance(article, onrecord.Article):
            for statement in onrecord.extract(article):
                print(statement.speaker, statement.act)

    with onrecord.Record("onrecord.db") as record:
        onrecord.add(record, ["news/"])
        onrecord.report(record, "report.html")

The names in ``__all__`` are all that is public. Each is loaded when it is first used, so that importing the
package costs nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from onrecord.errors import (
    BrokenStore,
    InvalidDate,
    InvalidLanguage,
    OnrecordError,
    UnknownLanguage,
    UnknownRecord,
    UnreadableInput,
)
from onrecord.records import (
    Article,
    Comparison,
    Decision,
    Difference,
    Furniture,
    Speaker,
    Statement,
    Utterance,
)

if TYPE_CHECKING:
    from onrecord.comparison import compare
    from onrecord.pipeline import (
        Tally,
        add,
        decide,
        export,
        extract,
        report,
        speakers,
        utterances,
        verify,
        who,
        withdraw,
    )
    from onrecord.readers import Skipped, read
    from onrecord.store import Record
    from onrecord.verification import Fault, Verification

_HOMES = {
    "Fault": "verification", "Record": "store", "Skipped": "readers", "Tally": "pipeline",
    "Verification": "verification", "add": "pipeline", "compare": "comparison", "decide": "pipeline",
     "export": "pipeline", "extract": "pipeline", "read": "readers", "report": "pipeline",
    "speakers": "pipeline", "utterances": "pipeline", "verify": "pipeline", "who": "pipeline",
    "withdraw": "pipeline",
}  # fmt: skip

__all__ = [
    "Article",
    "BrokenStore",
    "Comparison",
    "Decision",
    "Difference",
    "Fault",
    "Furniture",
    "InvalidDate",
    "InvalidLanguage",
    "OnrecordError",
    "Record",
    "Skipped",
    "Speaker",
    "Statement",
    "Tally",
    "UnknownLanguage",
    "UnknownRecord",
    "UnreadableInput",
    "Utterance",
    "Verification",
    "add",
    "compare",
    "decide",
    "export",
    "extract",
    "read",
    "report",
    "speakers",
    "utterances",
    "verify",
    "who",
    "withdraw",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'onrecord' has no attribute {name!r}")
    return getattr(importlib.import_module(f"onrecord.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
