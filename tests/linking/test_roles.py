"""Roles from what stands around a name."""

import pytest

from onrecord.linking.roles import around, gather, of_mention

MENTIONS = [
    ("le ministre russe de la Mer Ivan Drel", "Ivan Drel", "ministre russe de la Mer", "before the name"),
    ("Le ministre de la Mer, Ivan Drel", "Ivan Drel", "ministre de la Mer", "before a comma"),
    ("Ivan Drel, the sea minister,", "Ivan Drel", "sea minister", "after the name"),
    ("Ivan Drel, 52 ans, directeur du port", "Ivan Drel", "directeur du port", "an age between"),
    ("Ivan Drel, 52 ans", "Ivan Drel", "", "an age is no role"),
    ("Ivan Drel, who runs the port", "Ivan Drel", "", "a clause is no role"),
    ("Ivan Drel, one of the strikers", "Ivan Drel", "", "what he is among is no role"),
    ("l’ami du roi Jan et le ministre Ivan Drel", "Ivan Drel", "ministre", "of two, the one beside the name"),
    ("M. Drel", "Ivan Drel", "", "a title is no role"),
    ("le porte-parole de Ivan Drel", "Ivan Drel", "", "the role is another's"),
    ("l’ambassadrice", "Eva Mol", "ambassadrice", "a description instead of the name"),
    ("la jeune femme", "Eva Mol", "", "a description without a noun of roles"),
    ("elle", "Eva Mol", "", "a pronoun"),
    ("IVAN DREL", "Ivan Drel", "", "a headline"),
    ("", "Ivan Drel", "", "no mention"),
]  # fmt: skip


@pytest.mark.parametrize(("mention", "name", "role", "reason"), MENTIONS)
def test_of_mention(mention, name, role, reason):
    assert of_mention(mention, name) == role, reason


TEXTS = [
    ("On a vu l’ancien ministre russe Ivan Drel au port.", ["ancien ministre russe"], "before"),
    ("The port saw Energy Minister Ivan Drel leave.", ["Energy Minister"], "capitals before"),
    ("Ivan Drel, head of the Tide Office, left.", ["head of the Tide Office"], "after"),
    ("Le ministre a vu Ivan Drel.", [], "a verb stands between"),
    ("Le ministre et Ivan Drel sont là.", [], "two persons"),
    ("Le ministre est venu. Ivan Drel aussi.", [], "another sentence"),
    ("Ivan Drel, a-t-il dit, pleurait.", [], "no role between the commas"),
    ("Ivan Drelov, head of the port, left.", [], "another name"),
]


@pytest.mark.parametrize(("text", "roles", "reason"), TEXTS)
def test_around(text, roles, reason):
    assert list(around(text, "Ivan Drel")) == roles, reason


def test_conflicts_and_agreements():
    minister, striker = gather(["ministre russe de la Mer"]), gather(["Russian striker"])
    assert minister.conflict(striker) == striker.conflict(minister) == "one is in sport, one in state"
    assert minister.conflict(gather(["French minister"])) == "one is of FR, one of RU"
    assert minister.agree(gather(["Russian sea minister"])) == "both are in state and of RU"
    assert not minister.conflict(gather(["spokesman"]))
    assert not gather([]).conflict(minister)
