"""Dates: values in EDTF, and the expressions of running text that stand for them.

:mod:`onrecord.dates.edtf` holds the values, :mod:`onrecord.dates.expressions` finds expressions in a text,
:mod:`onrecord.dates.resolution` says what day they mean in an article of a given day. Nothing outside of
this package takes an EDTF value apart.

>>> from onrecord.languages import load
>>> [hier] = find("Elle l'a dit hier soir.", load("fr"))
>>> resolve(hier, "2023-01-23", "past")
'2023-01-22'
"""

from onrecord.dates.edtf import coincide, exact, refines, span, valid
from onrecord.dates.expressions import Expression, find
from onrecord.dates.resolution import Tense, resolve

__all__ = ["Expression", "Tense", "coincide", "exact", "find", "refines", "resolve", "span", "valid"]
