"""The import of released vouchers may end between any two AWS calls: run again, each voucher is booked once."""

from __future__ import annotations

from contextlib import suppress

import pytest
from botocore.exceptions import ClientError

from sozialakte.payments.import_vouchers import ImportVouchers
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.office import Office
from sozialakte.payments.store import PaymentsStore
from sozialakte.payments.vouchers import ReadVoucher, read_vouchers
from sozialakte.register import RegisterStore
from sozialakte.register.model import Dossier, DossierStatus, DossierType
from tests.aws import PAYMENTS, REGISTER, local_aws, put_register
from tests.builders import DOSSIER, NOW
from tests.coding import CATEGORIES
from tests.crash.probe import Moment, Probe
from tests.pipeline import Crash
from tests.unit.payments.test_vouchers import RENT, file_of


@pytest.mark.parametrize("moment", [Moment.BEFORE, Moment.AFTER, Moment.REFUSED])
def test_whoever_is_cut_off_between_any_two_calls_runs_it_again(moment: Moment) -> None:
    read = read_vouchers(file_of(RENT, CHF="1450.00"))[0]
    calls = _ends_as_if_nothing_had_happened(read, Probe())
    for at in range(1, calls + 1):
        _ends_as_if_nothing_had_happened(read, Probe(at, moment))


def _ends_as_if_nothing_had_happened(read: ReadVoucher, probe: Probe) -> int:
    with local_aws():
        put_register(Dossier(DOSSIER, DossierType.ECONOMIC_ASSISTANCE, 1061, DossierStatus.OPEN))
        take_over = ImportVouchers(PAYMENTS, Office(RegisterStore(REGISTER), frozenset()), CATEGORIES.holds, NOW)
        probe.attach()
        with suppress(Crash, ClientError), probe.watching():
            take_over(read)
        take_over(read)
        approved = PaymentsStore(PAYMENTS).in_state("approved", 50).invoices
        assert [(one.state, one.version) for one in approved] == [(InvoiceState.APPROVED, 4)]
        assert PaymentsStore(PAYMENTS).ledger.by_month()["2026-11"].received == 1
    return len(probe.calls)
