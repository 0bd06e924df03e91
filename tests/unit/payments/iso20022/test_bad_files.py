"""Whatever is sent as a payment file gets an answer in words: nothing is expanded, fetched, or kept in memory."""

from __future__ import annotations

import io
import os
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from sozialakte.payments.iso20022.check_payment_file import (
    MOST_RULE_ERRORS,
    NAMESPACE,
    check_payment_file,
)
from sozialakte.payments.iso20022.message_stream import MOST_SCHEMA_ERRORS
from sozialakte.payments.iso20022.schemas import pain_001_schema
from sozialakte.payments.iso20022.xml_parsers import UnreadableMessageError
from tests.payment_files import (
    STANDARDS,
    SWISS_SCHEMAS,
    checked,
    payment,
    payment_file,
    qrr_payment,
    swiss_schema,
    written,
)

GOOD = written(payment_file([qrr_payment(1), payment(2)]))
TEXT = GOOD.decode()
BODY = GOOD.partition(b"\n")[2]
OPEN = f'<?xml version="1.0" encoding="UTF-8"?><Document xmlns="{NAMESPACE}">'.encode()
DOCTYPE = b'<!DOCTYPE Document [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
DEEP = b"".join(b"<%s>" % (b"n" * 50) for _ in range(20)) + b"".join(b"</%s>" % (b"n" * 50) for _ in range(20))
STATM = Path("/proc/self/statm")
PAYMENT = GOOD[GOOD.index(b"<CdtTrfTxInf>") : GOOD.rindex(b"</PmtInf>")]

REFUSED: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "Die Datei ist leer"),
    "blanks": (b" \n\t", "Die Datei ist leer"),
    "text": (b"Zahlungen November", "keine XML-Datei"),
    "a PDF": (b"%PDF-1.7\n", "keine XML-Datei"),
    "JSON": (b'{"payments": []}', "keine XML-Datei"),
    "an open comment": (b"<!-- " + b"x" * 100_000, "keine XML-Datei"),
    "UTF-16": (TEXT.replace("UTF-8", "UTF-16").encode("utf-16"), "nicht in UTF-8"),
    "UTF-16 without a mark": (TEXT.encode("utf-16-le"), "nicht in UTF-8"),
    "Latin 1 that says so": (TEXT.replace("UTF-8", "ISO-8859-1").encode("latin-1"), "nicht in UTF-8"),
    "Latin 1 that says UTF-8": (TEXT.encode("latin-1"), "Kein richtiges XML"),
    "a DOCTYPE": (DOCTYPE + BODY, "DOCTYPE"),
    "billion laughs": (DOCTYPE + BODY.replace(b"Rechnung 1188", b"&b;"), "DOCTYPE"),
    "a file from elsewhere": (DOCTYPE + BODY.replace(b"Rechnung 1188", b"&c;"), "DOCTYPE"),
    "a DOCTYPE behind a comment": (b"<?xml version='1.0'?><!-- x -->\n" + DOCTYPE + BODY, "DOCTYPE"),
    "an entity from nowhere": (GOOD.replace(b"Rechnung 1188", b"&x;"), "Kein richtiges XML"),
    "the first half": (GOOD[: len(GOOD) // 2], "Kein richtiges XML"),
    "all but the end": (GOOD.rstrip()[:-1], "Kein richtiges XML"),
    "an open tag at the end": (OPEN, "Kein richtiges XML"),
    "two documents": (GOOD + GOOD.partition(b"\n")[2], "Kein richtiges XML"),
    "tags that cross": (GOOD.replace(b"</Nm>", b"</Nn>", 1), "Kein richtiges XML"),
    "no namespace": (GOOD.replace(f' xmlns="{NAMESPACE}"'.encode(), b""), "keinen Namensraum"),
    "a page": (b"<html><body>Wartung</body></html>", "keinen Namensraum"),
    "an older version": (GOOD.replace(b"pain.001.001.09", b"pain.001.001.03"), "pain.001.001.03"),
    "a newer version": (GOOD.replace(b"pain.001.001.09", b"pain.001.001.12"), "pain.001.001.12"),
    "another message": (GOOD.replace(b"pain.001.001.09", b"camt.053.001.08"), "camt.053.001.08"),
    "somebody's own format": (GOOD.replace(NAMESPACE.encode(), b"urn:example"), "eine andere Meldung"),
    "a namespace with a brace": (GOOD.replace(NAMESPACE.encode(), b"urn:}x"), "eine andere Meldung"),
    "another root": (GOOD.replace(b"Document", b"Payments"), "nicht Document"),
    "elements without end": (OPEN + b"<a>" * 300_000, "Kein richtiges XML"),
    "elements beside elements": (OPEN + b"<a/>" * 300_000, "KB"),
    "a text without end": (GOOD.replace(b"Rechnung 1188", b"x" * 1_000_000), "KB"),
    "a value without end": (GOOD.replace(b'"CHF"', b'"' + b"x" * 1_000_000 + b'"'), "KB"),
    "elements deep in a payment": (GOOD.replace(b"<PmtId>", DEEP + b"<PmtId>"), "tief verschachtelt"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "said"), REFUSED.values(), ids=REFUSED)
def test_bad_files_are_refused_in_words(data: bytes, said: str) -> None:
    findings = checked(data)

    assert not findings.valid
    assert said in findings.schema_errors[0]


def test_of_another_version_payments_are_counted() -> None:
    findings = checked(GOOD.replace(b"pain.001.001.09", b"pain.001.001.03"))

    assert (findings.payments, str(findings.total), findings.rule_errors) == (2, "399.90", ())


def test_prefixes_comments_and_blanks_change_nothing() -> None:
    odd = TEXT.replace("<", "<p:").replace("<p:/", "</p:").replace("<p:?", "<?").replace("xmlns=", "xmlns:p=")
    odd = odd.replace("<p:PmtInf>", "<!-- <!DOCTYPE> --><?php x ?>\n\n<p:PmtInf>\n  ")

    assert checked(odd.encode()).valid


def test_no_beginning_of_a_file_is_valid() -> None:
    whole = GOOD.rstrip()

    assert not any(checked(whole[:size]).valid for size in range(0, len(whole), 7))


@pytest.mark.parametrize("more", [b"<", b"<!-- >", b"<a>", b"x", b"</Document>", b"<?x"])
def test_nothing_may_begin_after_the_end(more: bytes) -> None:
    assert checked(GOOD + more).schema_errors


@pytest.mark.parametrize("more", [b"\n", b"<!-- that is all -->\n", b"<?that is?>"])
def test_a_remark_may_stand_after_the_end(more: bytes) -> None:
    assert checked(GOOD + more).schema_errors == ()


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**32))
def test_a_damaged_file_never_raises_and_never_passes_as_xml(seed: int) -> None:
    chance = Random(seed)  # noqa: S311 # seeded on purpose
    data = bytearray(GOOD)
    for _ in range(chance.choice((1, 1, 3))):
        at = chance.randrange(len(data))
        some = chance.choice((b"<", b">", b"&", b"</", b"<a>", b"\x00", b"\xff", b"]]>", b"<!--", b"&#0;", b'"', b""))
        data[at : at + chance.randrange(3)] = some

    findings = checked(bytes(data))
    try:
        etree.fromstring(bytes(data))
    except etree.XMLSyntaxError:
        assert findings.schema_errors


def test_the_schema_says_what_and_where() -> None:
    (said,) = checked(GOOD.replace(b"<PmtMtd>TRF</PmtMtd>", b"<PmtMtd>ABC</PmtMtd>")).schema_errors

    assert said.startswith("Zeile 4: Element 'PmtMtd'")


def test_many_errors_are_cut_and_everything_is_counted() -> None:
    wrong = PAYMENT.replace(b"<Ctry>CH</Ctry>", b"<Ctry>XXX</Ctry>")
    findings = checked(GOOD.replace(PAYMENT, wrong * 500))

    assert len(findings.schema_errors) == MOST_SCHEMA_ERRORS
    assert len(findings.rule_errors) == MOST_RULE_ERRORS
    assert findings.payments == 1000


class _Endless(io.RawIOBase):
    """A file of as many payments as asked for, made while it is read; ``most``: of memory held meanwhile, in bytes."""

    most = 0

    def __init__(self, times: int, payment: bytes) -> None:
        self._parts = [GOOD[: GOOD.index(PAYMENT)], *[payment * 100] * times, GOOD[GOOD.rindex(b"</PmtInf>") :]]
        self.seek(0)

    def seek(self, offset: int, whence: int = 0) -> int:
        self._next, self._left = iter(self._parts), b""
        return offset if whence == 0 else sum(map(len, self._parts))

    def read(self, size: int = -1) -> bytes:
        while len(self._left) < size and (more := next(self._next, b"")):
            self._left += more
        self.most = max(self.most, int(STATM.read_text().split()[1]) * os.sysconf("SC_PAGESIZE"))
        some, self._left = self._left[:size], self._left[size:]
        return some


@pytest.mark.skipif(not STATM.exists(), reason="memory is read from Linux")
@pytest.mark.parametrize("payment", [PAYMENT, PAYMENT.replace(b"<Ctry>CH</Ctry>", b"<Ctry>XXX</Ctry>")])
def test_memory_does_not_grow_with_the_file(payment: bytes) -> None:
    def held_with(times: int) -> int:
        source = _Endless(times, payment)
        findings = check_payment_file(source, pain_001_schema())  # type: ignore[arg-type] # it has read and seek
        assert findings.payments == 200 * times
        return source.most

    few = held_with(5)
    assert held_with(100) - few < 5_000_000  # of a file of 12 MB


@pytest.mark.skipif(swiss_schema() is None, reason="the schema of SIX is not beside the project")
def test_the_swiss_schema_knows_more() -> None:
    twice = GOOD.replace(b"<Ustrd>", b"<Ustrd>a</Ustrd><Ustrd>")

    assert checked(twice).schema_errors == ()
    assert "Ustrd" in checked(twice, schema=swiss_schema()).schema_errors[0]
    assert pain_001_schema(str(SWISS_SCHEMAS)) is swiss_schema()


def test_a_folder_without_the_schema_is_told() -> None:
    with pytest.raises(UnreadableMessageError, match="no_schema"):
        pain_001_schema(STANDARDS / "nowhere")


SAMPLES = {
    "samples-selfmade/pain001_D_QRR_SCOR_NON.xml": (3, "3210.70", [], False),
    "samples-pain001-sps/pain001pkg__ch.sps.qr-bill.pain.001.001.09.xml": (1, "3488.55", ["A.5"], False),
    "samples-pain001-sps/pain001pkg__ch.sps.scor.pain.001.001.09.xml": (2, "1127.40", ["A.5"], False),
    "samples-pain001-sps/pain001pkg__ch.sepa.sct.pain.001.001.09.xml": (1, "6250.00", ["A.5"], False),
    "samples-pain001-sps/pain001pkg__ch.international.usd.pain.001.001.09.xml": (1, "48200.00", ["A.5"], False),
    "samples-pain001-sps/dvbern__pain001_v00103ch02_pain001ExampleOutput.xml": (4, "4010", [], True),
    "samples-pain001-sps/dvbern__pain001_v00103ch02_pain001TestReference.xml": (2, "1010", [], True),
    "samples-pain001-sps/dvbern__pain008_v00102ch03_pain008Reference.xml": (0, "0", [], True),
    "samples-pain002/pain001pkg__pain002_sample.xml": (0, "0", [], True),
}


@pytest.mark.skipif(not STANDARDS.exists(), reason="the samples are not beside the project")
@pytest.mark.parametrize("sample", SAMPLES)
def test_samples_of_others(sample: str) -> None:
    data = (STANDARDS / sample).read_bytes()
    payments, total, rules, unfit = SAMPLES[sample]

    findings = checked(data)
    assert (findings.payments, str(findings.total)) == (payments, total)
    assert [error.rule for error in findings.rule_errors] == rules
    assert bool(findings.schema_errors) is unfit  # by the ISO schema, which lets the address of InitgPty through
    assert bool(checked(data, schema=swiss_schema()).schema_errors) is (unfit or bool(rules))
