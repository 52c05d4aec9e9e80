"""What a saying does: states, promises, threatens ...; whether its cue is negated; when it is to be said."""

from __future__ import annotations

import functools
import re

from onrecord.dates import Tense
from onrecord.extraction.attribution import Attribution
from onrecord.extraction.reading import Reading
from onrecord.extraction.scene import CUE, SAID, SOURCE, VERBAL, Scene
from onrecord.languages import Roles as Words
from onrecord.records import ACTS, Act
from onrecord.text import BLANK

# What is said shows its act at its head, so no more characters than this are looked at. Source: chosen on
# gold/fr-dev and gold/en-dev.
HEAD = 400

_WORD = re.compile(r"[\w-]+(?:['’](?!\w)|['’](?=\w))?")
_MARKS = " \t\u00a0\u202f«»“”„\"‘’'"


def judge(reading: Reading, attribution: Attribution) -> Act:
    """Return the act of a statement: the cue's where it has one, else the content's, "state" where in doubt.

    A verb that asks and asks for ("demander") is a question where the content is one. A cue of view ("pour",
    « aux yeux de ») makes it "think".
    """
    words = reading.language.roles
    act = attribution.act
    if act in {"", "demand"} and attribution.lemma in words.asking and questions(reading, attribution):
        return "ask"
    for known in ACTS:
        if act == known:
            return known
    cue = " ".join(reading.text[start:end] for start, end in attribution.cue).lower().replace("’", "'")
    if cue in reading.language.frames.opinion or set(_WORD.findall(cue)) & set(words.views):
        return "think"
    content = " ".join(reading.text[start:end] for start, end in attribution.content)[:HEAD].strip(_MARKS)
    return next((act for act, pattern in voices(words) if pattern.search(content)), "state")


@functools.lru_cache(maxsize=32)
def voices(words: Words) -> tuple[tuple[Act, re.Pattern[str]], ...]:
    """Return the compiled patterns of what is said, each with its act, in the order of the language file."""
    return tuple((act, re.compile(pattern, re.IGNORECASE)) for act, pattern in words.voiced)


def questions(reading: Reading, attribution: Attribution) -> bool:
    """Return whether the content is a question, direct or indirect: "asked whether she would come"."""
    if not attribution.content:
        return False
    text = reading.text
    start, end = attribution.content[0][0], attribution.content[-1][1]
    if text[:end].endswith("?") or text[end : end + 3].lstrip(BLANK).startswith("?"):
        return True
    before = _WORD.findall(text[max(0, start - 20) : start])[-1:]
    first = _WORD.findall(text[start : start + 20])[:1]
    asked = {word.lower().replace("’", "'") for word in (*before, *first)}
    return bool(asked & set(reading.language.roles.questions))


def negated(scene: Scene) -> bool:
    """Return whether the cue says that it was not said: "did not confirm", « sans dire », "declined to say".

    Two denials are none: « n'a pas refusé de dire ».
    """
    words, tokens = scene.words, scene.tokens
    verbs = chain(scene)
    near = {i for i in range(scene.low, scene.high) if scene.zones[i] == CUE} | set(verbs)
    near |= {
        c for verb in verbs for c in scene.sentence.children[verb] if scene.zones[c] not in (SAID, SOURCE)
    }
    plain = {scene.plain[i] for i in near}
    lemmas = {tokens[i].lemma.lower() for i in near}
    if lemmas & set(words.affirming) or plain & set(words.restrictions):
        return False
    denied = bool(plain & set(words.negations)) and bool(not words.particles or plain & set(words.particles))
    denied |= any(scene.plain[i] in words.without and related(scene, i) for i in range(scene.low, scene.high))
    above = {tokens[i].lemma.lower() for i in near - {scene.head}}
    return denied != bool(above & set(words.unsaid))


def related(scene: Scene, index: int) -> bool:
    """Return whether a preposition stands before the cue's verb: "without saying"."""
    head = scene.head
    return index < head and (scene.tokens[index].head == head or scene.tokens[head].head == index)


def chain(scene: Scene) -> list[int]:
    """Return the cue's head and, where it is an infinitive, the words it hangs on: "was unable to say"."""
    found = [scene.head]
    index = scene.head
    while scene.tokens[index].has("VerbForm=Inf") and scene.tokens[index].head != index and len(found) < 4:
        above = scene.tokens[index].head
        if scene.tokens[index].dep.split(":")[0] not in {"xcomp", "obl", "acl"} or scene.zones[above] in (
            SAID,
            SOURCE,
        ):
            break
        index = above
        found.append(index)
    return found


def tense(scene: Scene) -> Tense:
    """Return whether it was said or is to be said: « doivent annoncer vendredi » is future."""
    infinitive = scene.tokens[scene.head].has("VerbForm=Inf")
    for index in {*chain(scene), *scene.sentence.children[scene.head]}:
        token = scene.tokens[index]
        if scene.zones[index] == SAID or token.pos not in VERBAL:
            continue
        if (
            token.has("Tense=Fut")
            or (infinitive and token.has("Mood=Cnd"))
            or scene.plain[index] in scene.words.future
        ):
            return "future"
    return "past"
