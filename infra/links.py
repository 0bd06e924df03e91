"""What lies between contexts: their queues and the queues' key.

Contexts that answer each other (intake asks dossiers to file, dossiers tells intake that it did) would need each
other's stack first. A queue that crosses contexts therefore belongs to neither: both stacks come after this one.
"""

from __future__ import annotations

from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from constructs import Construct

from infra.house.key import key
from infra.house.queue import Queue
from infra.house.stack import ContextStack, Site

FILE_TIMEOUT = 60
"""Seconds `dossiers.file_document` has for a batch."""
SETTLE_TIMEOUT = 30
"""Seconds `intake.settle_letter` has for a batch."""
BILLS_TIMEOUT = 300
"""Seconds `payments.register_bills` has for a letter."""
VOUCHERS_TIMEOUT = 120
"""Seconds `payments.file_voucher` has for a batch."""
HANDOVER_TIMEOUT = 300
"""Seconds `partners.export_document` has for a document."""


class LinksStack(ContextStack):
    """The queues between contexts and the key of all queues of the service."""

    def __init__(self, scope: Construct, site: Site) -> None:
        super().__init__(scope, "links", site)
        self.queue_key = self._queue_key()
        self.file = Queue(self, "file", key=self.queue_key, handled_within=FILE_TIMEOUT)
        self.settle = Queue(self, "settle", key=self.queue_key, handled_within=SETTLE_TIMEOUT)
        self.bills = Queue(self, "bills", key=self.queue_key, handled_within=BILLS_TIMEOUT)
        self.vouchers = Queue(self, "vouchers", key=self.queue_key, handled_within=VOUCHERS_TIMEOUT)
        self.handover = Queue(self, "handover", key=self.queue_key, handled_within=HANDOVER_TIMEOUT)

    def _queue_key(self) -> kms.Key:
        queue_key = key(self, "QueueKey", "messages")
        queue_key.add_to_resource_policy(
            iam.PolicyStatement(
                principals=[iam.ServicePrincipal("s3.amazonaws.com")],
                actions=["kms:GenerateDataKey", "kms:Decrypt"],
                resources=["*"],  # in a key's policy: this key
                conditions={"StringEquals": {"aws:SourceAccount": self.account}},
            )
        )
        return queue_key
