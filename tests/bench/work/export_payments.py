"""The whole path of a run's files: the order book is read, they are made, checked by schema and rules, and put.

Argument: the order book. In place of S3 there is a disk, so what is told of memory is ours.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from sozialakte.payments.iso20022.check_payment_file import check_payment_file
from sozialakte.payments.iso20022.schemas import pain_001_schema
from sozialakte.payments.runs.bank_file import bank_files
from sozialakte.payments.runs.order_book import read_book
from tests.bench.meter import cpu_seconds, peak_mb, tell

AT = datetime(2026, 11, 24, 9, 15, tzinfo=UTC)


def export(book: Path, folder: Path) -> tuple[int, bool]:
    """How many payments there are in the files, and whether all of them are valid."""
    counted, valid = 0, True
    for one in bank_files(read_book(book.read_bytes()), frozenset(), AT):
        body = one.written()
        findings = check_payment_file(BytesIO(body), pain_001_schema())
        folder.joinpath(f"{one.file.message_id}.xml").write_bytes(body)
        counted, valid = counted + findings.payments, valid and findings.valid
    return counted, valid


if __name__ == "__main__":
    with TemporaryDirectory() as place:
        begun = cpu_seconds()
        payments, is_valid = export(Path(sys.argv[1]), Path(place))
        tell(cpu=cpu_seconds() - begun, payments=payments, valid=is_valid, peak_mb=peak_mb())
