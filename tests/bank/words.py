"""Messages of a bank for tests, from their parts: what stands around entries and statuses."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape

ACCOUNT = "CH7280005000088877766"
_XSD = "urn:iso:std:iso:20022:tech:xsd:"


def document(kind: str, body: str) -> bytes:
    """A message of this kind (``camt.053.001.08``)."""
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="{_XSD}{kind}">'
    return f"{head}{body}</Document>".encode()


def camt(
    kind: str, entries: Iterable[str], *, account: str = ACCOUNT, balances: str = "", summary: str = "", number: int = 1
) -> bytes:
    """A statement (``camt.053``, with its ``balances``) or a notification (``camt.054``)."""
    root, record = ("BkToCstmrStmt", "Stmt") if kind == "camt.053" else ("BkToCstmrDbtCdtNtfctn", "Ntfctn")
    head = f"<MsgId>BANK-{number}</MsgId><CreDtTm>2026-11-20T18:00:00+01:00</CreDtTm>"
    told = f"<Id>{number}</Id><CreDtTm>2026-11-20T18:00:00+01:00</CreDtTm><Acct><Id><IBAN>{account}</IBAN></Id></Acct>"
    body = f"<{root}><GrpHdr>{head}</GrpHdr><{record}>{told}{balances}{summary}{''.join(entries)}</{record}></{root}>"
    return document(f"{kind}.001.08", body)


def balance(kind: str, amount: str, day: str = "2026-11-20", currency: str = "CHF") -> str:
    """``OPBD`` or ``CLBD``; negative: a debt."""
    way = "DBIT" if amount.startswith("-") else "CRDT"
    return (
        f'<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp><Amt Ccy="{currency}">{amount.lstrip("-")}</Amt>'
        f"<CdtDbtInd>{way}</CdtDbtInd><Dt><Dt>{day}</Dt></Dt></Bal>"
    )


def entry(
    amount: str,
    details: str = "",
    *,
    credit: bool = False,
    ref: str = "",
    day: str = "2026-11-20",
    currency: str = "CHF",
    status: str = "BOOK",
    code: str = "ICDT/DMCT",
    reversal: bool = False,
    valued: str | None = None,
) -> str:
    """A booking. ``details``: what stands in ``NtryDtls``; ``day``: of booking, if any; ``valued``: if another."""
    family, _, sub = code.partition("/")
    days = _day("BookgDt", day) + _day("ValDt", day if valued is None else valued)
    return (
        f'<Ntry><Amt Ccy="{currency}">{amount}</Amt><CdtDbtInd>{_way(credit)}</CdtDbtInd>'
        f"{'<RvslInd>true</RvslInd>' if reversal else ''}<Sts><Cd>{status}</Cd></Sts>"
        f"{days}{tag('AcctSvcrRef', ref)}"
        f"<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>{family}</Cd><SubFmlyCd>{sub}</SubFmlyCd></Fmly></Domn></BkTxCd>"
        f"{f'<NtryDtls>{details}</NtryDtls>' if details else ''}</Ntry>"
    )


def batch(payment_information_id: str, message_id: str = "", count: int | None = None) -> str:
    """That the entry is the sum of a group."""
    told = tag("MsgId", message_id) + tag("PmtInfId", payment_information_id)
    return f"<Btch>{told}{tag('NbOfTxs', str(count) if count else '')}</Btch>"


def details(
    amount: str,
    *,
    credit: bool = False,
    ref: str = "",
    end_to_end_id: str = "",
    payment_information_id: str = "",
    reference: str = "",
    text: str = "",
    party: str = "",
    returned: str = "",
    currency: str = "CHF",
) -> str:
    """One payment of an entry."""
    refs = tag("AcctSvcrRef", ref) + tag("PmtInfId", payment_information_id) + tag("EndToEndId", end_to_end_id)
    role = "Dbtr" if credit and not returned else "Cdtr"
    side = f"<RltdPties><{role}><Pty>{tag('Nm', party)}</Pty></{role}></RltdPties>" if party else ""
    kind = "<Cd>SCOR</Cd>" if reference.startswith("RF") else "<Prtry>QRR</Prtry>"
    told = f"<Strd><CdtrRefInf><Tp><CdOrPrtry>{kind}</CdOrPrtry></Tp><Ref>{reference}</Ref></CdtrRefInf></Strd>"
    remitted = tag("Ustrd", text) + (told if reference else "")
    remittance = f"<RmtInf>{remitted}</RmtInf>" if remitted else ""
    back = f"<RtrInf><Rsn><Cd>{returned}</Cd></Rsn></RtrInf>" if returned else ""
    return (
        f'<TxDtls>{f"<Refs>{refs}</Refs>" if refs else ""}<Amt Ccy="{currency}">{amount}</Amt>'
        f"<CdtDbtInd>{_way(credit)}</CdtDbtInd>{side}{remittance}{back}</TxDtls>"
    )


def status_report(message_id: str, groups: str = "", *, status: str = "", reason: str = "", more: str = "") -> bytes:
    """A pain.002. ``more``: ``OrgnlNbOfTxs`` and ``OrgnlCtrlSum``; ``groups``: see `group`."""
    told = f"<OrgnlMsgId>{message_id}</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId>{more}"
    head = "<MsgId>BANK-77</MsgId><CreDtTm>2026-11-20T10:16:00+01:00</CreDtTm>"
    body = f"<OrgnlGrpInfAndSts>{told}{tag('GrpSts', status)}{why(reason)}</OrgnlGrpInfAndSts>{groups}"
    return document("pain.002.001.10", f"<CstmrPmtStsRpt><GrpHdr>{head}</GrpHdr>{body}</CstmrPmtStsRpt>")


def group(payment_information_id: str, payments: str = "", *, status: str = "", reason: str = "") -> str:
    """What becomes of a group. ``payments``: see `payment`."""
    told = f"<OrgnlPmtInfId>{payment_information_id}</OrgnlPmtInfId>{tag('PmtInfSts', status)}{why(reason)}"
    return f"<OrgnlPmtInfAndSts>{told}{payments}</OrgnlPmtInfAndSts>"


def payment(end_to_end_id: str, *, status: str = "RJCT", reason: str = "AC01", text: str = "") -> str:
    """What becomes of a payment."""
    told = f"<OrgnlEndToEndId>{escape(end_to_end_id)}</OrgnlEndToEndId><TxSts>{status}</TxSts>"
    return f"<TxInfAndSts>{told}{why(reason, text)}</TxInfAndSts>"


def why(code: str, text: str = "") -> str:
    """A reason of the bank."""
    return f"<StsRsnInf><Rsn><Cd>{code}</Cd></Rsn>{tag('AddtlInf', text)}</StsRsnInf>" if code else ""


def tag(name: str, text: str) -> str:
    """An element, or nothing."""
    return f"<{name}>{escape(text)}</{name}>" if text else ""


def _day(name: str, day: str) -> str:
    return f"<{name}><Dt>{day}</Dt></{name}>" if day else ""


def _way(credit: bool) -> str:
    return "CRDT" if credit else "DBIT"
