"""The language of a text; the only door to py3langid."""

from __future__ import annotations

# More text makes the answer slower, not better.
_ENOUGH = 10_000


def detect(text: str) -> str:
    """Return the likeliest language of a text as a code ("fr"); "und" where it holds no words.

    >>> detect("La maire de Brenne a parlé hier devant le conseil.")
    'fr'
    """
    if not any(c.isalpha() for c in text):
        return "und"
    import py3langid  # half a second, so only where it is needed

    code, _ = py3langid.classify(text[:_ENOUGH])
    return str(code)
