"""Payments: the function that books what others pay and files the vouchers of what was booked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infra.dossiers import Neighbours
from infra.house.function import Function, Limits
from infra.links import VOUCHERS_TIMEOUT

if TYPE_CHECKING:
    from infra.payments import PaymentsStack


def file_vouchers(stack: PaymentsStack, neighbours: Neighbours) -> Function:
    """The handler of the queue ``vouchers``. Typesetter, fonts and PDF libraries unpacked: about 140 MB of 250."""
    register, letters, links = neighbours.register.table, neighbours.intake.letters, neighbours.links
    function = Function(
        stack,
        "file_voucher",
        Limits(VOUCHERS_TIMEOUT, memory=1024),
        layers=("core", "vendor", "documents", "typst"),
        env={
            "PAYMENTS_TABLE": stack.table.name,
            "REGISTER_TABLE": register.name,
            "LETTERS_BUCKET": letters.name,
            "FILE_QUEUE_URL": links.file.url,
            "SERVICE_TITLE": stack.site.service.title,
        },
        may=[
            *stack.table.may("GetItem", "PutItem", "UpdateItem"),
            *register.may("BatchGetItem"),
            # Reads back what an interrupted run has put already.
            *letters.may("GetObject", "GetObjectVersion", "PutObject", under="letters/*"),
            *letters.may_see_what_is_gone(),
            *links.file.may_send(),
        ],
    )
    function.consume(links.vouchers, batch=1)
    return function
