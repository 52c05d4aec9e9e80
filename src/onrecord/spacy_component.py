"""onrecord as a component of a spaCy pipeline: ``nlp.add_pipe("onrecord")``, then ``doc._.statements``.

spaCy finds it by its entry point, in a pipeline loaded from disk too; nothing needs to be imported. The
component reads ``doc.text`` with onrecord's own parser, whatever else is in the pipeline: the statements are
those of :func:`onrecord.extract`, in a blank pipeline as in a full one.
"""

from __future__ import annotations

import msgspec
from spacy.language import Language as Pipeline
from spacy.tokens import Doc

from onrecord import languages, parsers
from onrecord.records import Article, Statement

# Where a Doc keeps its statements: as JSON, since what `Doc.to_bytes` and `nlp.pipe(n_process=2)` carry from
# one process to another are plain values only.
KEY = "onrecord"
PUBLISHED = "published"


class Component:
    """The component: finds the statements of a Doc's text in one language."""

    def __init__(self, language: str) -> None:
        """Raise UnknownLanguage where onrecord has no language file or no parser for the language."""
        parsers.load(languages.load(language).code)
        self.language = language

    def __call__(self, doc: Doc) -> Doc:
        """Return the Doc with its statements; its day of publication is read from ``doc._.published``."""
        # spaCy imports this module, an entry point, wherever a pipeline is loaded: it has to be light
        from onrecord.pipeline import extract

        published = str(doc._.get(PUBLISHED) or "")
        article = Article(name="", text=doc.text, language=self.language, published=published)
        doc.user_data[KEY] = msgspec.json.encode(extract(article))
        return doc


def statements(doc: Doc) -> tuple[Statement, ...]:
    """Return the statements of a Doc in order, none where the component hasn't read it.

    Their spans are offsets of characters in ``doc.text``: ``doc.char_span(start, end)`` gives tokens.
    """
    return msgspec.json.decode(doc.user_data.get(KEY, b"[]"), type=tuple[Statement, ...])


@Pipeline.factory(
    "onrecord", assigns=["doc._.statements"], default_config={"language": ""}, retokenizes=False
)
def create(nlp: Pipeline, name: str, language: str) -> Component:  # noqa: ARG001 (spaCy passes the name)
    """Return the component for a pipeline; ``language`` is read where the pipeline's own isn't meant."""
    return Component(language or nlp.lang or "")


# Registered again where the module is imported again: the last one holds, and all are the same.
Doc.set_extension("statements", getter=statements, force=True)
if not Doc.has_extension(PUBLISHED):  # a user's own extension of this name does as well
    Doc.set_extension(PUBLISHED, default="")
