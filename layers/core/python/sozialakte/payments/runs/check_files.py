"""Whether a bank would take a file of ours, asked before it is written: the schema and the Swiss rules."""

from __future__ import annotations

from datetime import date
from io import BytesIO

from sozialakte.payments.iso20022.check_payment_file import Asked, check_payment_file
from sozialakte.payments.iso20022.payment import PaymentsRefusedError
from sozialakte.payments.iso20022.schemas import pain_001_schema
from sozialakte.payments.runs.bank_file import BankFile
from sozialakte.shared.texts import say

_SHOWN = 3


class FileRefusedError(Exception):
    """No bank would take the file; ``words`` are the first breaches. It was not written."""

    def __init__(self, message_id: str, words: str) -> None:
        super().__init__(f"{message_id}: {words}")
        self.message_id = message_id
        self.words = words


def checked(one: BankFile, day: date) -> bytes:
    """The file as pain.001. ``day``: the execution date is judged from it. Raises `FileRefusedError`."""
    try:
        body = one.written()
    except PaymentsRefusedError as error:
        first = error.refusals[0]
        raise FileRefusedError(one.file.message_id, "; ".join(map(say, first.reasons[:_SHOWN]))) from error
    found = check_payment_file(BytesIO(body), pain_001_schema(), Asked(one.profile, day))
    breaches = [*found.schema_errors, *(f"{wrong.code} {wrong.path}: {wrong.message}" for wrong in found.rule_errors)]
    if breaches:
        raise FileRefusedError(one.file.message_id, "; ".join(breaches[:_SHOWN]))
    return body
