"""The schemas that messages are checked with: the Swiss ones where an operator has put them, else the ISO ones.

SIX gives its schemas to everybody who writes messages, but not to pass on; the ISO ones come with packages.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from lxml import etree

from sozialakte.payments.iso20022.message_stream import UnreadableMessageError
from sozialakte.shared.reasons import Reason

SWISS_PAIN_001 = "pain.001.001.09.ch.03.xsd"
_ISO_PAIN_001 = ("sepaxml", "schemas/pain.001.001.09.xsd")


def pain_001_schema(folder: str | Path | None = None) -> etree.XMLSchema:
    """The schema of a payment file: the Swiss one from the folder if one is given, else the ISO one.

    Raises `UnreadableMessageError` if the folder has no such schema.
    """
    return _loaded(_in_package(*_ISO_PAIN_001) if not folder else Path(folder, SWISS_PAIN_001))


@lru_cache(maxsize=4)
def _loaded(path: Path) -> etree.XMLSchema:
    try:
        return etree.XMLSchema(etree.fromstring(path.read_bytes()))
    except (OSError, etree.XMLSyntaxError, etree.XMLSchemaParseError) as error:
        raise UnreadableMessageError(Reason("bank_file.no_schema", {"file": path.name})) from error


def _in_package(package: str, inside: str) -> Path:
    """Found without importing the package: only its schemas are used, what it needs is not installed."""
    found = find_spec(package)
    places = (found.submodule_search_locations if found else None) or ()
    return next((path for place in places if (path := Path(place, inside)).exists()), Path(inside))
