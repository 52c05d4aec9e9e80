"""A score that explains itself."""

from __future__ import annotations

import msgspec


class Score(msgspec.Struct, frozen=True):
    """How likely two things are one, ``value`` between 0 and 1, and the reasons, the weightiest first."""

    value: float
    reasons: tuple[str, ...] = ()

    def strengthened(self, share: float, reason: str) -> Score:
        """Return the score with a share of what it lacks of 1 added, for a further reason.

        >>> Score(0.6, ("the same last name",)).strengthened(0.5, "the same role").value
        0.8
        """
        return Score(round(self.value + (1 - self.value) * share, 4), (*self.reasons, reason))
