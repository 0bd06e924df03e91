"""The calls of a bill are counted to the end: it is paid, and its voucher lies in the dossier."""

from __future__ import annotations

import pytest

from tests.bench.bill_calls import REGISTER, VOUCHER_STEPS
from tests.bench.bill_payment import pay
from tests.bench.journey import import_register

pytestmark = pytest.mark.usefixtures("aws")


@pytest.mark.parametrize("files_vouchers", [True, False])
def test_every_step_of_a_run_is_counted(files_vouchers: bool) -> None:
    import_register(REGISTER)

    paid = pay(2, files_vouchers=files_vouchers)

    steps = {"payments.api", "payments.advance_run", "payments.publish_changes", "payments.take_bank_message"}
    assert steps <= paid.by_function().keys()
    assert (paid.by_function().keys() >= VOUCHER_STEPS) is files_vouchers
    assert not [call for call in paid.calls if call.operation == "Scan"]
