"""Writers: records in, a file or a stream out. Nothing here reads a record back or asks the store.

``jsonl``, ``csv`` and ``parquet`` stream statements article by article, in bounded memory; ``text`` is for
the terminal; ``html`` is the report. Import the one you want: each keeps its own third-party library.
"""
