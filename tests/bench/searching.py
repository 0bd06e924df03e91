"""What a search for words costs in a dossier of 600 pages: processor time of the whole handler, and calls of S3.

The index is filled by the real function from readings of German letters of about a page; then the real route is asked,
as API Gateway does, for one word, for several, for the beginning of a word, for what stands on every page and for what
stands nowhere. In front of half of the searches the index changes, so that they have to fetch it.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from time import process_time
from unittest.mock import patch

from functions.dossiers.api import handler
from functions.dossiers.routes import fulltext
from sozialakte.dossiers.fulltext.files import IndexFiles, key_of
from sozialakte.dossiers.fulltext.search_pages import Copies
from sozialakte.runtime.aws import client
from tests.aws import FULLTEXT, counted_calls, local_aws
from tests.bench.report import Report
from tests.bench.rows import Row, at_most, shown
from tests.fulltext import changed, file_read_document, index, rebuild
from tests.http_calls import Call
from tests.office import DOSSIER, furnish_register

DOCUMENTS, PAGES_EACH, WORDS_A_PAGE = 200, 3, 350
MOST_MS = 150.0
SEARCHES = ("Mietzins", "Kündigung der Wohnung", "Verf", "mueller", "und", "der die das", "1.12.", "gibtesnicht")
ROUNDS = 15
"""A hundred and twenty searches: six of them are slower than the 95th of a hundred."""
_COMMON = ("der", "die", "das", "und", "in", "zu", "den", "mit", "von", "für", "auf", "ist", "im", "nicht", "wir")
_SYLLABLES = (
    "ge",
    "ver",
    "miet",
    "zins",
    "wohn",
    "ung",
    "amt",
    "kran",
    "ken",
    "kas",
    "se",
    "ent",
    "lich",
    "mü",
    "ller",
)
_NAMED = ("Mietzins", "Kündigung", "Wohnung", "Verfügung", "Müller", "Krankenkasse", "1.12.2026", "756.9217.0769.85")


@dataclass(frozen=True)
class Searched:
    """Processor time in milliseconds of each search, and the most calls of S3 that one made."""

    times: tuple[float, ...]
    most_calls: int


def measure(report: Report) -> None:
    """One dossier of 600 pages."""
    with local_aws(), TemporaryDirectory() as folder:
        furnish_register()
        report.doing(f"indexing {DOCUMENTS * PAGES_EACH} pages")
        documents, rebuilding, indexing = _fill()
        with patch.object(fulltext, "_COPIES", Copies(Path(folder))):
            report.doing("searching")
            searched = _search(documents)
        report.add(*_rows(searched))
        pages = f"a dossier of {DOCUMENTS * PAGES_EACH} pages"
        report.add(shown(f"making the index of {pages} anew, CPU", rebuilding, "ms"))
        report.add(shown(f"indexing one more letter in {pages}, CPU", indexing, "ms"))
        report.add(shown(f"index of {pages}", _size(), "MB"))
    report.note(
        f"full text: {DOCUMENTS} letters of {PAGES_EACH} pages of {WORDS_A_PAGE} words, {len(searched.times)} searches "
        "(for half of them the index is new); moto's S3 and DynamoDB are part of the processor time"
    )


def _fill() -> tuple[list[str], float, float]:
    """The documents; the milliseconds to index all of them, and one more when they are there."""
    choose = random.Random(600)
    documents = [file_read_document(number, *(_page(choose) for _ in range(PAGES_EACH))) for number in range(DOCUMENTS)]
    begun = process_time()
    rebuild()
    all_of_them, more = process_time() - begun, file_read_document(DOCUMENTS, _page(choose))
    begun = process_time()
    index(changed(more))
    return documents, all_of_them * 1000, (process_time() - begun) * 1000


def _search(documents: list[str]) -> Searched:
    _ask(SEARCHES[0])  # the first one loads clients and models
    times, calls = [], []
    for number in range(ROUNDS):
        for words in SEARCHES:
            if number % 2:
                _touch(documents[number])
            with counted_calls("s3") as made:
                begun = process_time()
                _ask(words)
                times.append((process_time() - begun) * 1000)
            calls.append(len(made))
    return Searched(tuple(times), max(calls))


def _ask(words: str) -> None:
    path = f"/dossiers/{DOSSIER}/documents/fulltext"
    answer = Call("POST", path, body={"words": words}).to(handler)
    assert answer.status == 200, answer.body
    assert answer.body["found"] or words == "gibtesnicht", words


def _touch(document_id: str) -> None:
    """Another version of the index: the copy at hand is old."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "index.sqlite")
        found = IndexFiles(FULLTEXT).fetch(DOSSIER, path)
        assert found
        path.write_bytes(path.read_bytes() + document_id.encode())
        IndexFiles(FULLTEXT).store(DOSSIER, path, found.etag)


def _size() -> float:
    return client("s3").head_object(Bucket=FULLTEXT, Key=key_of(DOSSIER))["ContentLength"] / 1_000_000


def _page(choose: random.Random) -> str:
    return " ".join(_words(choose))


def _words(choose: random.Random) -> Iterator[str]:
    """Half common words, half made ones, and now and then one that is searched for."""
    for _ in range(WORDS_A_PAGE):
        kind = choose.random()
        if kind < 0.5:
            yield choose.choice(_COMMON)
        elif kind < 0.98:
            yield "".join(choose.choices(_SYLLABLES, k=choose.randint(2, 5)))
        else:
            yield choose.choice(_NAMED)


def _rows(searched: Searched) -> Iterator[Row]:
    pages = f"in a dossier of {DOCUMENTS * PAGES_EACH} pages"
    yield at_most(f"full text {pages}, P95 of handler CPU", quantiles(searched.times, n=20)[-1], "ms", MOST_MS)
    yield shown(f"full text {pages}, median of handler CPU", quantiles(searched.times, n=2)[0], "ms")
    yield at_most("full text, most calls of S3 in a search", searched.most_calls, "calls", 1)
