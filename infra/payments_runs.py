"""Payment runs: their queue, the function that carries them out, and what an emergency needs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aws_cdk import Duration
from aws_cdk import aws_iam as iam
from aws_cdk import aws_s3 as s3

from infra.house.bucket import Bucket, access_log_bucket
from infra.house.function import Function, Limits
from infra.house.permission import acknowledge_wildcards
from infra.house.queue import Queue

if TYPE_CHECKING:
    from aws_cdk import aws_kms as kms

    from infra.payments import PaymentsStack

_ADVANCE_TIMEOUT = 900  # seconds; 11'000 payments take about one minute
_STATE_MINUTES = 15
_STATES_KEPT = 14  # days


def bank_bucket(stack: PaymentsStack, key: kms.IKey) -> Bucket:
    """Where files go to the bank (``out/``) and come from it (``in/``), order books and states beside them."""
    bank = Bucket(stack, "Bank", key=key, access_logs=access_log_bucket(stack), lifecycle=[_forget_states()])
    # Whoever carries files to the bank and back may read ours and write the bank's, and nothing else.
    may = [*bank.may("GetObject", under="out/*"), *bank.may("PutObject", under="in/*"), *bank.may_list("ListBucket")]
    policy = iam.ManagedPolicy(stack, "BankTransfer", statements=[permission.statement() for permission in may])
    acknowledge_wildcards(policy, may)
    stack.publish("BankTransferPolicyArn", policy.managed_policy_arn)
    return bank


def _forget_states() -> s3.LifecycleRule:
    """A state tells of everything that is to be paid: nobody needs it once there are newer ones."""
    kept = Duration.days(_STATES_KEPT)
    return s3.LifecycleRule(id="old-states", prefix="state/", expiration=kept, noncurrent_version_expiration=kept)


@dataclass(frozen=True)
class PaymentRuns:
    """The functions of the payment runs, in the stack of the payments."""

    stack: PaymentsStack
    queue: Queue

    @classmethod
    def of(cls, stack: PaymentsStack, queue_key: kms.IKey) -> PaymentRuns:
        """With their queue."""
        runs = cls(stack, Queue(stack, "runs", key=queue_key, handled_within=_ADVANCE_TIMEOUT))
        runs.advance_run()
        runs.export_state()
        return runs

    def advance_run(self) -> None:
        """Builds a run, carries out one that was released, writes the state anew after each."""
        table, bank = self.stack.table, self.stack.bank
        function = Function(
            self.stack,
            "advance_run",
            Limits(_ADVANCE_TIMEOUT, memory=2048, copies=2),
            layers=("core", "vendor", "xml"),
            env=self._settings(),
            may=[
                *table.may("BatchGetItem", "ConditionCheckItem", "GetItem", "PutItem", "UpdateItem"),
                *table.may_query("by_creditor", "by_run", "by_state"),
                *bank.may("GetObject", "PutObject", under="orders/*"),
                *bank.may("GetObject", "PutObject", under="out/*"),
                *bank.may("PutObject", under="state/*"),
                *bank.may_see_what_is_gone(),
            ],
        )
        function.consume(self.queue, batch=1)

    def export_state(self) -> None:
        """Goes on with runs that got stuck, and writes all that is to be paid, for the day on which all else fails."""
        table, bank = self.stack.table, self.stack.bank
        function = Function(
            self.stack,
            "export_state",
            Limits(_ADVANCE_TIMEOUT, memory=2048),
            env={**self._settings(), "RUNS_QUEUE_URL": self.queue.url},
            may=[
                *table.may("BatchGetItem", "PutItem"),
                *table.may_query("by_run", "by_state"),
                *bank.may("GetObject", under="orders/*"),
                *bank.may("PutObject", under="state/*"),
                *bank.may_see_what_is_gone(),
                *self.queue.may_send(),
            ],
        )
        meaning = "What an emergency file would be made of is not written any more, and stuck runs are not looked for"
        function.run_every(minutes=_STATE_MINUTES, failure_means=meaning)

    def _settings(self) -> dict[str, str]:
        service = self.stack.site.service
        return {
            "PAYMENTS_TABLE": self.stack.table.name,
            "BANK_BUCKET": self.stack.bank.name,
            "PAYING_ACCOUNTS": json.dumps([account.model_dump() for account in service.paying_accounts]),
            "PAYER": service.title,
        }
