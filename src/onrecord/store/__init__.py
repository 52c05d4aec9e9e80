"""The record on disk: facts that are only added, and what is in force of them.

>>> from onrecord.records import Article
>>> with Record(":memory:") as record:
...     record.add(Article(name="a", language="en", text="Rain, she said."), by="me 1.0")
...     record.counts().articles
True
1
"""

from onrecord.store.record import Counts, Record

__all__ = ["Counts", "Record"]
