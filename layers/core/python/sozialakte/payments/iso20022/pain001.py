"""Writes payments as pain.001.001.09.ch.03 (Swiss Payment Standards 2025), a little at a time.

What is refused is refused before a byte is written. The same file is always the same bytes. A template with escaped
texts takes a tenth of the time that building elements takes; `check_payment_file` proves what comes out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from sozialakte.payments.iso20022.bank_profile import SPS, BankProfile
from sozialakte.payments.iso20022.payment import (
    DebtorAccount,
    Payment,
    PaymentFile,
    PaymentGroup,
    PaymentsRefusedError,
    Software,
    payment_information_id,
    total_of,
)
from sozialakte.payments.iso20022.payment_types import PaymentType
from sozialakte.payments.iso20022.refuse_payments import refusals
from sozialakte.payments.iso20022.sps_text import escaped, fitted
from sozialakte.payments.iso20022.written_party import written
from sozialakte.payments.qr_bill import Party

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
_SPS_VERSION = "0202"
_AT_ONCE = 500  # payments


def write_payment_file(file: PaymentFile, target: BinaryIO, profile: BankProfile = SPS) -> None:
    """Write the file. Raises `PaymentsRefusedError` before the first byte if a payment or the file cannot be written.

    A file has at most 99'999 payments; `parts` divides more.
    """
    if refused := tuple(refusals(file)):
        raise PaymentsRefusedError(refused)
    target.write(_header(file).encode())
    for number, group in enumerate(file.groups, start=1):
        target.write(_group_header(file, group, number).encode())
        for start in range(0, len(group.payments), _AT_ONCE):
            some = group.payments[start : start + _AT_ONCE]
            target.write("".join([_payment(payment, profile) for payment in some]).encode())
        target.write(b"</PmtInf>\n")
    target.write(b"</CstmrCdtTrfInitn></Document>\n")


def _header(file: PaymentFile) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="{NAMESPACE}"><CstmrCdtTrfInitn>\n'
        f"<GrpHdr><MsgId>{escaped(file.message_id)}</MsgId>"
        f"<CreDtTm>{file.created_at.isoformat(timespec='seconds')}</CreDtTm>"
        f"<NbOfTxs>{file.count}</NbOfTxs><CtrlSum>{file.total:.2f}</CtrlSum>"
        f"<InitgPty><Nm>{_text(file.initiating_party)}</Nm><CtctDtls>{''.join(_contact(file.software))}</CtctDtls>"
        "</InitgPty></GrpHdr>\n"
    )


def _contact(software: Software) -> Iterator[str]:
    for kind, value in (
        ("NAME", software.name),
        ("PRVD", software.vendor),
        ("VRSN", software.version),
        ("SPSV", _SPS_VERSION),
    ):
        yield f"<Othr><ChanlTp>{kind}</ChanlTp><Id>{_text(value)}</Id></Othr>"


def _group_header(file: PaymentFile, group: PaymentGroup, number: int) -> str:
    sepa = group.kind is PaymentType.SEPA
    return (
        f"<PmtInf><PmtInfId>{escaped(payment_information_id(file.message_id, number))}</PmtInfId><PmtMtd>TRF</PmtMtd>"
        f"<BtchBookg>{str(group.batch_booking).lower()}</BtchBookg><NbOfTxs>{len(group.payments)}</NbOfTxs>"
        f"<CtrlSum>{total_of(group.payments):.2f}</CtrlSum>"
        f"{'<PmtTpInf><SvcLvl><Cd>SEPA</Cd></SvcLvl></PmtTpInf>' if sepa else ''}"
        f"<ReqdExctnDt><Dt>{file.execution_date.isoformat()}</Dt></ReqdExctnDt>"
        f"{_debtor(group.account)}{'<ChrgBr>SLEV</ChrgBr>' if sepa else ''}\n"
    )


def _debtor(account: DebtorAccount) -> str:
    bank = f"<BICFI>{escaped(account.bic)}</BICFI>" if account.bic else _clearing(account.institution)
    address = written(account.address).address if account.address else ""
    return (
        f"<Dbtr><Nm>{_text(account.name)}</Nm>{address}</Dbtr>"
        f"<DbtrAcct><Id><IBAN>{account.iban}</IBAN></Id></DbtrAcct>"
        f"<DbtrAgt><FinInstnId>{bank}</FinInstnId></DbtrAgt>"
    )


def _clearing(institution: str) -> str:
    return f"<ClrSysMmbId><ClrSysId><Cd>CHBCC</Cd></ClrSysId><MmbId>{institution}</MmbId></ClrSysMmbId>"


def _payment(payment: Payment, profile: BankProfile) -> str:
    own_id = escaped(payment.end_to_end_id)
    instruction = f"<InstrId>{own_id}</InstrId>" if profile.instruction_ids else ""
    creditor = written(payment.creditor)
    return (
        f"<CdtTrfTxInf><PmtId>{instruction}<EndToEndId>{own_id}</EndToEndId></PmtId>"
        f'<Amt><InstdAmt Ccy="{payment.currency}">{payment.amount:.2f}</InstdAmt></Amt>'
        f"{_ultimate_debtor(payment.ultimate_debtor)}<Cdtr>{creditor.name}{creditor.address}</Cdtr>"
        f"<CdtrAcct><Id><IBAN>{payment.iban}</IBAN></Id></CdtrAcct>{_remittance(payment)}</CdtTrfTxInf>\n"
    )


def _ultimate_debtor(party: Party | None) -> str:
    """For information only: what a bank would not take is left out, the payment is made all the same."""
    told = written(party) if party else None
    return f"<UltmtDbtr>{told.name}{told.address}</UltmtDbtr>" if told and told.name else ""


def _remittance(payment: Payment) -> str:
    """A reference with the message beside it, or the message alone (IG QR-bill, annex; IG Credit Transfer, RmtInf)."""
    message = _text(payment.message)
    if payment.reference_type == "NON":
        return f"<RmtInf><Ustrd>{message}</Ustrd></RmtInf>" if message else ""
    kind = "<Prtry>QRR</Prtry>" if payment.reference_type == "QRR" else "<Cd>SCOR</Cd>"
    beside = f"<AddtlRmtInf>{message}</AddtlRmtInf>" if message else ""
    return (
        f"<RmtInf><Strd><CdtrRefInf><Tp><CdOrPrtry>{kind}</CdOrPrtry></Tp><Ref>{payment.reference}</Ref></CdtrRefInf>"
        f"{beside}</Strd></RmtInf>"
    )


def _text(text: str) -> str:
    return escaped(fitted(text))
