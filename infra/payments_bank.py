"""The bank's answers: the queue that tells of them, the function that takes them, and the one that finds lost ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from infra.house.function import Function, Limits
from infra.house.notification import notify
from infra.house.queue import Queue

if TYPE_CHECKING:
    from aws_cdk import aws_kms as kms

    from infra.house.bucket import Bucket
    from infra.house.table import Table
    from infra.payments import PaymentsStack

_TAKE_TIMEOUT = 900  # seconds; 11'000 payments take about two minutes
_TAKE_DISK = 1024  # a statement of a million entries, while it is read
_RECONCILE_MINUTES = 60


@dataclass(frozen=True)
class BankAnswers:
    """The functions of the bank's answers, in the stack of the payments. ``bank``: the bucket in which they arrive."""

    stack: PaymentsStack
    bank: Bucket
    register: Table
    queue: Queue

    @classmethod
    def of(cls, stack: PaymentsStack, bank: Bucket, register: Table, queue_key: kms.IKey) -> BankAnswers:
        """With their queue."""
        queue = Queue(stack, "bank", key=queue_key, handled_within=_TAKE_TIMEOUT)
        notify(bank, queue, under="in/")
        answers = cls(stack, bank, register, queue)
        answers.take_bank_message()
        answers.reconcile_bank()
        return answers

    def take_bank_message(self) -> None:
        """Settles payments and keeps money."""
        table = self.stack.table
        function = Function(
            self.stack,
            "take_bank_message",
            # A statement and a notification speak of the same payments: more at once would wait for each other.
            Limits(_TAKE_TIMEOUT, memory=1024, disk=_TAKE_DISK, copies=2),
            layers=("core", "vendor", "xml"),
            env={
                "PAYMENTS_TABLE": table.name,
                "REGISTER_TABLE": self.register.name,
                "BANK_BUCKET": self.bank.name,
            },
            may=[
                # What an invoice or a claim is no longer found by is deleted.
                *table.may("BatchGetItem", "DeleteItem", "GetItem", "PutItem", "Query", "UpdateItem"),
                *self.register.may("GetItem"),
                *self.bank.may("GetObjectVersion", under="in/*"),
                *self.bank.may("GetObject", under="out/*"),
                *self.bank.may("GetObject", under="replaced/*"),
                *self.bank.may_see_what_is_gone(),
            ],
        )
        function.consume(self.queue, batch=1)

    def reconcile_bank(self) -> None:
        """Finds what was never announced."""
        table, service = self.stack.table, self.stack.site.service
        function = Function(
            self.stack,
            "reconcile_bank",
            Limits(timeout=300, memory=512),
            env={
                "PAYMENTS_TABLE": table.name,
                "BANK_BUCKET": self.bank.name,
                "BANK_QUEUE_URL": self.queue.url,
                "STUCK_AFTER_MINUTES": str(service.stuck_after_minutes),
                "EVERY_MINUTES": str(_RECONCILE_MINUTES),
            },
            may=[
                *table.may("BatchGetItem", "GetItem", "PutItem", "UpdateItem"),
                *table.may_query("by_run", "by_state"),
                *self.bank.may_list("ListBucketVersions"),
                *self.queue.may_send(),
            ],
        )
        helps = f"the log says what; `sozialakte payments money --stage {service.name}` lists it"
        function.run_every(minutes=_RECONCILE_MINUTES, failure_means=f"The bank needs somebody: {helps}")
