"""The ISO schemas of the bank's messages, from packages of which nothing else is used.

pain.002.001.10 is published nowhere by itself. It differs from .12 in what .12 may say beside: that one is taken, under
the name of .10 (STANDARDS 3.8).
"""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from lxml import etree

from sozialakte.payments.iso20022.bank_message import MessageKind
from sozialakte.payments.iso20022.xml_parsers import UnreadableMessageError
from sozialakte.shared.reasons import Reason

_FILES = {
    MessageKind.STATUS: ("pain001", "pain002/schemas/pain.002.001.12.xsd"),
    MessageKind.STATEMENT: ("camt053", "xsd/camt.053.001.08.xsd"),
    MessageKind.NOTIFICATION: ("camt053", "xsd/camt.054.001.08.xsd"),
}
_NEWER, _OURS = b"pain.002.001.12", b"pain.002.001.10"


@lru_cache(maxsize=len(MessageKind))
def schema_of(kind: MessageKind) -> etree.XMLSchema:
    """The schema of the version we take. Raises `UnreadableMessageError` if the package is not there."""
    package, inside = _FILES[kind]
    found = find_spec(package)
    for place in (found.submodule_search_locations if found else None) or ():
        path = Path(place, inside)
        if path.exists():
            return etree.XMLSchema(etree.fromstring(path.read_bytes().replace(_NEWER, _OURS)))
    raise UnreadableMessageError(Reason("bank_file.no_schema", {"file": Path(inside).name}))
