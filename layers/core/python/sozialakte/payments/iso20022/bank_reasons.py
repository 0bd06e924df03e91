"""The bank's reasons in words.

The codes are those of ISO's external code lists (ExternalStatusReason1Code, ExternalReturnReason1Code) that Swiss banks
give (Swiss Payment Standards, business rules). An unknown code is shown as it is, with the bank's own words.
"""

from __future__ import annotations

from sozialakte.payments.iso20022.bank_message import BankReason
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say

KNOWN = frozenset(
    ["AC01", "AC03", "AC04", "AC06", "AC13", "AC14", "AG01", "AG02", "AG03", "AG06", "AGNT", "AM01", "AM02",
     "AM03", "AM04", "AM05", "AM06", "AM09", "AM10", "AM18", "BE01", "BE04", "BE05", "BE06", "BE07", "BE09",
     "BE16", "BE17", "CH03", "CH04", "CH07", "CH15", "CH16", "CH17", "CH20", "CH21", "CNOR", "CURR", "CUST",
     "DNOR", "DS02", "DT01", "DT06", "DU01", "DU02", "DU03", "DU04", "DU05", "ED05", "FF01", "FF03", "FOCR",
     "FR01", "LEGL", "MD07", "MS02", "MS03", "NARR", "NOAS", "NOCM", "RC01", "RC07", "RF01", "RR01", "RR02",
     "RR03", "RR04", "RR05", "RR06", "RR07", "RR08", "RR09", "SL01", "TM01", "TS01", "UPAY"]
)  # fmt: skip


def in_words(reason: BankReason) -> str:
    """For people: the code, what it means, and what the bank wrote beside it. Empty if the bank gave no reason."""
    meaning = say(Reason(f"bank_reason.{reason.code.lower()}")) if reason.code in KNOWN else ""
    own = f"({reason.text})" if meaning and reason.text else reason.text
    words = " ".join(filter(None, (meaning, own)))
    return f"{reason.code}: {words}" if reason.code and words else reason.code or words
