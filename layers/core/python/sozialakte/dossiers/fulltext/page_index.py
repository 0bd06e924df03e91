"""The index of one dossier: an SQLite file with the words of its pages (FTS5) and which documents they are from.

A document that left the dossier stays as a name and a version, without text, so that older news of it change nothing.
Whatever is wrong with a file (cut off, overwritten, of another edition) is `IndexUnusableError`: it is made anew.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from sozialakte.dossiers.fulltext.words import clean

EDITION = 1
"""Of the file's make; a file of another one is made anew."""
_SCHEMA = f"""
CREATE TABLE documents (
    number INTEGER PRIMARY KEY, document_id TEXT NOT NULL UNIQUE, version INTEGER NOT NULL,
    present INTEGER NOT NULL, pages INTEGER NOT NULL, unread INTEGER NOT NULL
);
CREATE VIRTUAL TABLE pages USING fts5 (
    text, document_id UNINDEXED, page UNINDEXED, tokenize = "unicode61 remove_diacritics 2"
);
PRAGMA user_version = {EDITION};
"""
_PAGES = 1_000_000  # a document has fewer; a page's row is its document's number times this, plus the page
_WORDS_SHOWN = 30
_BEGIN, _END, _CUT = "\x02", "\x03", "…"  # control characters never come from a page: see `clean`


class IndexUnusableError(Exception):
    """The file is no index of ours, or broken."""


@dataclass(frozen=True)
class Indexed:
    """A document as the index knows it; ``unread``: how many of its pages have writing nobody could read."""

    document_id: str
    version: int
    pages: int = 0
    unread: int = 0
    present: bool = True


@dataclass(frozen=True)
class Segment:
    """A piece of a page's text; ``hit``: what was searched for."""

    text: str
    hit: bool


@dataclass(frozen=True)
class Hit:
    """A page on which all words stand, with what stands around them."""

    document_id: str
    page: int
    snippet: tuple[Segment, ...]


@dataclass(frozen=True)
class Coverage:
    """How much of a dossier can be searched."""

    documents: int = 0
    pages: int = 0
    unread: int = 0


class PageIndex:
    """An open index. Every method raises `IndexUnusableError`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    @classmethod
    def to_read(cls, path: Path) -> Self:
        """A file that nobody changes meanwhile. Raises `IndexUnusableError`."""
        return cls._opened(f"{path.absolute().as_uri()}?mode=ro&immutable=1")

    @classmethod
    def to_write(cls, path: Path) -> Self:
        """The file, or a new one if there is none. Raises `IndexUnusableError`."""
        is_new = not path.exists()
        if is_new:
            with closing(sqlite3.connect(path)) as connection:
                connection.executescript(_SCHEMA)
        return cls._opened(f"{path.absolute().as_uri()}?mode=rw")

    @classmethod
    def _opened(cls, uri: str) -> Self:
        with _usable():
            index = cls(sqlite3.connect(uri, uri=True, isolation_level=None))
            try:
                index._prepare()
            except sqlite3.Error:
                index._db.close()
                raise
        return index

    def __enter__(self) -> Self:
        """Itself; closed at the end."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Let the file go."""
        self._db.close()

    def version_of(self, document_id: str) -> int:
        """The version last heard of; 0 for a document nobody has told of."""
        with _usable():
            row = self._db.execute("SELECT version FROM documents WHERE document_id = ?", (document_id,)).fetchone()
        return int(row[0]) if row else 0

    def put(self, document: Indexed, texts: Iterable[tuple[int, str]] = ()) -> None:
        """The document as it is now, with the text of each page; all that the index had of it goes.

        Pages without a text count as unread and are a gap (`gaps`).
        """
        with _usable(), self._transaction():
            had = self._forget(document.document_id)
            facts = document.version, document.present, document.pages, document.unread
            number = self._db.execute(
                "INSERT INTO documents (document_id, version, present, pages, unread) VALUES (?, ?, ?, ?, ?)",
                (document.document_id, *facts),
            ).lastrowid
            missing = document.pages
            for page, text in texts:
                row = (number or 0) * _PAGES + page, clean(text), document.document_id, page
                self._db.execute("INSERT INTO pages (rowid, text, document_id, page) VALUES (?, ?, ?, ?)", row)
                missing -= 1
            if missing > 0:
                self._db.execute(
                    "UPDATE documents SET unread = min(pages, unread + ?) WHERE number = ?", (missing, number)
                )
            if had:
                self._db.execute("INSERT INTO pages (pages) VALUES ('optimize')")
        if had:  # what is gone must not lie on in the file
            with _usable():
                self._db.execute("VACUUM")

    def documents(self) -> tuple[Indexed, ...]:
        """All it was told of, by id; those that left too."""
        with _usable():
            rows = self._db.execute(
                "SELECT document_id, version, pages, unread, present FROM documents ORDER BY document_id"
            ).fetchall()
        return tuple(Indexed(name, version, pages, unread, bool(here)) for name, version, pages, unread, here in rows)

    def gaps(self) -> dict[str, tuple[int, ...]]:
        """The pages, by document, of which the index has no text: nobody kept what was read of them."""
        there = "SELECT page FROM pages WHERE rowid BETWEEN ? AND ?"
        found = {}
        with _usable():
            for number, document_id, pages in self._db.execute(
                "SELECT number, document_id, pages FROM documents WHERE present ORDER BY document_id"
            ).fetchall():
                first = number * _PAGES
                known = {page for (page,) in self._db.execute(there, (first, first + _PAGES - 1))}
                found[document_id] = tuple(page for page in range(1, pages + 1) if page not in known)
        return {document_id: pages for document_id, pages in found.items() if pages}

    def coverage(self) -> Coverage:
        """Of the documents that lie in the dossier."""
        sums = "SELECT count(*), coalesce(sum(pages), 0), coalesce(sum(unread), 0) FROM documents WHERE present"
        with _usable():
            return Coverage(*self._db.execute(sums).fetchone())

    def search(self, match: str, skip: int, limit: int) -> list[Hit]:
        """Pages that match, the best first; the same file gives the same order always. ``match``: see `match_of`."""
        best = """SELECT rowid FROM pages WHERE pages MATCH ?
                  ORDER BY bm25(pages), document_id, page LIMIT ? OFFSET ?"""
        with _usable():
            rows = [int(number) for (number,) in self._db.execute(best, (match, limit, skip))]
            found = self._hits(match, rows)
            return [found[number] for number in rows]

    def _hits(self, match: str, rows: list[int]) -> dict[int, Hit]:
        """All at once: looking up the spellings of a long word costs far more than the text around it."""
        # "+rowid": else SQLite would look them up again for every row.
        shown = f"""SELECT rowid, document_id, page, snippet(pages, 0, ?, ?, ?, ?) FROM pages
                    WHERE pages MATCH ? AND +rowid IN ({", ".join("?" * len(rows))})"""  # noqa: S608 (question marks)
        asked = _BEGIN, _END, _CUT, _WORDS_SHOWN, match, *rows
        found = self._db.execute(shown, asked)
        return {row: Hit(document, page, tuple(_segments(snippet))) for row, document, page, snippet in found}

    def _forget(self, document_id: str) -> bool:
        """Whether there were pages."""
        found = self._db.execute("SELECT number FROM documents WHERE document_id = ?", (document_id,)).fetchone()
        if found is None:
            return False
        first = found[0] * _PAGES
        gone = self._db.execute("DELETE FROM pages WHERE rowid BETWEEN ? AND ?", (first, first + _PAGES - 1)).rowcount
        self._db.execute("DELETE FROM documents WHERE number = ?", found)
        return gone > 0

    def _prepare(self) -> None:
        # The file may come from somebody else: nothing in its schema may run more than the tables' own code.
        for pragma in ("trusted_schema = OFF", "cell_size_check = ON", "journal_mode = MEMORY", "synchronous = OFF"):
            self._db.execute(f"PRAGMA {pragma}")
        if self._db.execute("PRAGMA user_version").fetchone()[0] != EDITION:
            raise sqlite3.DatabaseError("another edition")

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._db.execute("BEGIN")
        with self._db:
            yield


@contextmanager
def _usable() -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, LookupError, TypeError, ValueError) as error:  # all but the first: cells that are not ours
        raise IndexUnusableError from error


def _segments(snippet: str) -> Iterator[Segment]:
    for number, part in enumerate(snippet.replace(_END, _BEGIN).split(_BEGIN)):
        if part:
            yield Segment(part, hit=number % 2 == 1)
