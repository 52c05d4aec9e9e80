"""ClearNLP labels of spaCy's English models to Universal Dependencies.

Source: de Marneffe and Manning, Stanford typed dependencies manual (2008) for the first;
universaldependencies.org/u/dep for the second. What differs in shape and not only in name: UD hangs a
preposition on its noun (``case``), ClearNLP the noun on the preposition (``pobj``).
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.parsers import Token

RENAMED = {
    "acomp": "xcomp", "agent": "obl:agent", "auxpass": "aux:pass", "csubjpass": "csubj:pass",
    "dative": "iobj", "dobj": "obj", "intj": "discourse", "neg": "advmod", "nsubjpass": "nsubj:pass",
    "npadvmod": "obl:npmod",
    "oprd": "xcomp", "pcomp": "advcl", "poss": "nmod:poss", "preconj": "cc:preconj", "predet": "det:predet",
    "prt": "compound:prt", "quantmod": "advmod", "relcl": "acl:relcl", "attr": "xcomp", "nn": "compound",
    "ROOT": "root", "meta": "dep",
}  # fmt: skip

NOMINAL = {"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "X", "SYM"}


def universal(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """Return the tokens of one sentence with Universal Dependencies relations and heads."""
    heads = [t.head for t in tokens]
    deps = [RENAMED.get(t.dep, t.dep) for t in tokens]
    for index, token in enumerate(tokens):
        if token.dep != "pobj":
            continue
        preposition = token.head
        if tokens[preposition].dep not in {"prep", "agent", "dative"}:
            deps[index] = "obl"
            continue
        governor = tokens[preposition].head
        if tokens[preposition].dep == "agent":
            deps[index] = "obl:agent"
        else:
            deps[index] = "nmod" if tokens[governor].pos in NOMINAL else "obl"
        heads[index] = governor if governor != preposition else index
        heads[preposition], deps[preposition] = index, "case"
    # What hung on a preposition that now is a `case` (adverbs, "from before the war") goes to its noun;
    # a preposition without a noun ("according to what he said" has a clause) keeps what it had.
    moved = {i for i, t in enumerate(tokens) if deps[i] == "case" and t.dep in {"prep", "agent", "dative"}}
    for index, token in enumerate(tokens):
        if token.head in moved and heads[index] == token.head and index not in moved:
            heads[index] = heads[token.head]
    for index, dep in enumerate(deps):
        if dep == "prep":
            deps[index] = "obl"
    return tuple(t._replace(head=heads[i], dep=deps[i]) for i, t in enumerate(tokens))
