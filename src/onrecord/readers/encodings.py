"""Encodings: bytes to text; the only door to charset-normalizer."""

from __future__ import annotations

import codecs
import re

import charset_normalizer

from onrecord.errors import UnreadableInput

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))

# What pages and files of the web are written in.
# Source: WHATWG Encoding Standard, 4.2, less those that Python lacks and the Macintosh ones.
_LEGACY = [
    "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "iso8859_2",
    "iso8859_5", "iso8859_7", "iso8859_15", "koi8_r", "koi8_u", "gb18030", "big5", "cp932", "euc_jp", "cp949",
]  # fmt: skip

# The marks and letters beyond ASCII that western European languages print; what else windows-1252 holds
# (³, ¹, Ý, þ ...) shows that the text is in another code page.
_WESTERN = re.compile(
    "[«»‹›“”„‘’‚–—…•·€£§°ºª¿¡©®™\xa0éèêëàâäáãåçùûüúîïíìôöóòõœæñÿøßÉÈÊËÀÂÄÁÃÅÇÙÛÜÚÎÏÍÌÔÖÓÒÕŒÆÑØ]"
)
# Russian in windows-1251 reads as western letters too, but then nearly all letters have accents; French has
# about one in fifteen.
_MOST_ACCENTS = 0.25

# The control characters that a text may hold are white space and the form feed.
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_SURROGATE = re.compile("[\x00\ud800-\udfff]")


def decode(data: bytes, place: str) -> str:
    """Return the text of a file, each character as it is, line ends too; a byte order mark is dropped.

    UTF-8 and UTF-16 with a byte order mark, else UTF-8, else what the bytes look like: windows-1252 where
    that reads as western European text, or what charset-normalizer finds likeliest of the web's encodings.
    Raises UnreadableInput for what isn't text.

    >>> decode("d’été".encode("cp1252"), "a.txt")
    'd’été'
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return _text(data[len(mark) :].decode(encoding), place)
            except UnicodeDecodeError as error:
                raise UnreadableInput(place, f"not {encoding.upper()}, though it starts as such") from error
    if b"\0" in data:
        raise UnreadableInput(place, "a binary file, not text")
    try:
        return _text(data.decode("utf-8"), place)
    except UnicodeDecodeError:
        return _text(_guess(data, place), place)


def clean(text: str) -> str:
    """Return the text with U+FFFD for what no file or database can hold: lone surrogates and NUL.

    Each is one code point before and after, so that offsets stay.

    >>> clean("a\\ud800b")
    'a\ufffdb'
    """
    return _SURROGATE.sub("\ufffd", text)


def _guess(data: bytes, place: str) -> str:
    try:
        western = data.decode("cp1252")
    except UnicodeDecodeError:
        western = ""
    beyond = sum(not c.isascii() for c in western)
    if beyond and len(_WESTERN.findall(western)) >= 0.95 * beyond and beyond < _MOST_ACCENTS * len(western):
        return western
    best = charset_normalizer.from_bytes(data, cp_isolation=_LEGACY).best()
    if best is None:
        raise UnreadableInput(place, "no known encoding, or not text")
    return str(best)


def _text(text: str, place: str) -> str:
    """Return the text, or raise where there are control characters as in a binary file, or nothing."""
    if not text.strip():
        raise UnreadableInput(place, "empty")
    if len(_CONTROL.findall(text)) > 0.001 * len(text):
        raise UnreadableInput(place, "a binary file, not text")
    return clean(text)
