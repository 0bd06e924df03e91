"""A valid payload of a QR-bill line by line, to be changed by tests, and generated bills."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from sozialakte.payments import Party, QrBill
from tests.bills import creditor_reference, iban_of, qr_reference

QR_IBAN, IBAN = "CH4431999123000889012", "CH9300762011623852957"
QRR, SCOR = "210000000003139471430009017", "RF18539007547034"
LINES = (
    "SPC", "0200", "1", QR_IBAN, "S", "Stadtwerke Rottal", "Werkhofstrasse", "5", "6004", "Luzern", "CH",
    "", "", "", "", "", "", "", "199.95", "CHF",
    "S", "Pia Müller", "Marktgasse", "28", "9400", "Rorschach", "CH", "QRR", QRR, "Rechnung 1188", "EPD",
)  # fmt: skip
COMBINED = {5: "K", 7: "Werkhofstrasse 5", 8: "6004 Luzern", 9: "", 10: ""}
ORDINARY = {4: IBAN, 28: "NON", 29: ""}
BY_CREDITOR = {4: IBAN, 28: "SCOR", 29: SCOR}


def payload(changes: dict[int, str] | None = None, *, end: str = "\n") -> bytes:
    """The bytes of the code, with these lines (numbered from 1) put in place of the valid ones or after them."""
    lines = dict(enumerate(LINES, start=1)) | (changes or {})
    return end.join(lines.get(number, "") for number in range(1, max(lines) + 1)).encode()


# The characters a QR-bill may have (SIX IG QR-bill 2.3), without those that end lines or are blank at an end.
_TEXT = st.characters(
    codec="utf-8", min_codepoint=0x21, max_codepoint=0x17F, exclude_categories=("Cc", "Zs", "Cf")
) | st.sampled_from("ȘșȚț€")


def texts(most: int, least: int = 1) -> st.SearchStrategy[str]:
    """Permitted texts of so many characters."""
    return st.text(_TEXT, min_size=least, max_size=most)


def parties() -> st.SearchStrategy[Party]:
    """Structured addresses."""
    return st.builds(
        Party,
        name=texts(70),
        street=texts(70, 0),
        building_number=texts(16, 0),
        postal_code=texts(16),
        town=texts(35),
        country=st.sampled_from(["CH", "LI", "DE", "FR"]),
    )


@st.composite
def bills(draw: st.DrawFn) -> QrBill:
    """Valid bills of every kind."""
    kind = draw(st.sampled_from(["QRR", "SCOR", "NON"]))
    institution = draw(st.integers(30000, 31999) if kind == "QRR" else st.integers(1, 29999))
    reference = None
    if kind == "QRR":
        reference = qr_reference(draw(st.integers(1, 10**26 - 1)))
    elif kind == "SCOR":
        reference = creditor_reference(draw(st.from_regex(r"[0-9A-Z]{1,21}", fullmatch=True)))
    cents = draw(st.none() | st.integers(1, 99_999_999_999))
    message = draw(st.none() | texts(60))
    return QrBill(
        iban=iban_of(institution, draw(st.integers(0, 10**12 - 1))),
        creditor=draw(parties()),
        amount=None if cents is None else (Decimal(cents) / 100).quantize(Decimal("0.01")),
        currency="CHF" if kind == "QRR" else draw(st.sampled_from(["CHF", "EUR"])),
        debtor=draw(st.none() | parties()),
        reference_type=kind,
        reference=reference,
        message=message,
        billing_information=draw(st.none() | texts(60).map(lambda text: f"//{text}")),
        alternative_schemes=tuple(draw(st.lists(texts(100), max_size=2))),
    )
