"""Whether what lies under ``receipts/`` is a receipt we may believe. It comes from outside: trust nothing in it."""

from __future__ import annotations

import json
import re

from pydantic import ValidationError

from sozialakte.partners.messages import Receipt
from sozialakte.partners.model import Bundle, Result
from sozialakte.shared.messages import UntypedMessageError

LARGEST_RECEIPT = 16 * 1024  # bytes; a real one has 350
_KEY = re.compile(r"receipts/(?P<sequence>[0-9]{10})-(?P<bundle_id>[0-9a-f]{32})\.json")


class UnusableReceiptError(ValueError):
    """A receipt says nothing we may believe. ``problem`` is the end of a text's code (``receipt.<problem>``)."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


def named_in(key: str) -> tuple[int, str] | None:
    """Number and id of the bundle that a receipt's key names, None if it names none."""
    found = _KEY.fullmatch(key)
    return (int(found["sequence"]), found["bundle_id"]) if found else None


def receipt_in(body: bytes) -> Receipt:
    """The receipt a file holds. Raises `UnusableReceiptError`."""
    if len(body) > LARGEST_RECEIPT:
        raise UnusableReceiptError("too_large")
    try:
        # RecursionError: a few thousand brackets are enough
        found = json.loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise UnusableReceiptError("no_json") from error
    if not isinstance(found, dict):
        raise UnusableReceiptError("no_receipt")
    try:
        receipt = Receipt.parse(found)
    except (ValidationError, UntypedMessageError) as error:
        raise UnusableReceiptError("no_receipt") from error
    if receipt.result is Result.REFUSED and receipt.reason is None:
        raise UnusableReceiptError("no_reason")
    return receipt


def check(receipt: Receipt, named: tuple[int, str], bundle: Bundle | None) -> Bundle:
    """The bundle that is receipted. Raises `UnusableReceiptError` if name, number and hash do not all fit."""
    if (receipt.sequence, receipt.bundle_id) != named:
        raise UnusableReceiptError("another_name")
    if bundle is None or bundle.sequence != receipt.sequence:
        raise UnusableReceiptError("unknown_bundle")
    if bundle.sha256 != receipt.sha256:
        raise UnusableReceiptError("wrong_hash")
    return bundle
