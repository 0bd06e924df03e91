"""A queue with its dead-letter queue and its two alarms; the dead letters of a stream."""

from __future__ import annotations

from aws_cdk import Duration
from aws_cdk import aws_kms as kms
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.house.permission import Permission, accept
from infra.house.stack import ContextStack

_TRIES = 5
_KEPT_DAYS = 14
LATE_MINUTES = 60
"""Work that has waited longer raises an alarm."""


def dead_letters(stack: ContextStack, name: str, key: kms.IKey, *, meaning: str) -> sqs.Queue:
    """A queue for what could not be handled, kept for two weeks, with an alarm on the first message.

    The alarm tells by itself, not through a composite alarm: that one tells only when it changes, so that dead letters
    on one queue would hide those on all others; and its mail would not carry ``meaning``, which says what helps.
    """
    queue = sqs.Queue(
        stack,
        f"{name.capitalize()}Dead",
        encryption=sqs.QueueEncryption.KMS,
        encryption_master_key=key,
        enforce_ssl=True,
        retention_period=Duration.days(_KEPT_DAYS),
        removal_policy=stack.site.target.removal_policy,
    )
    accept(queue, "AwsSolutions-SQS3", "This is a dead-letter queue")
    stack.alarm(
        f"{name}-dead",
        queue.metric_approximate_number_of_messages_visible(period=Duration.minutes(5), statistic="Maximum"),
        above=0,
        meaning=meaning,
        tells=True,
    )
    stack.publish(f"{name.capitalize()}DeadQueueUrl", queue.queue_url)
    return queue


def dead_changes(stack: ContextStack, key: kms.IKey) -> sqs.Queue:
    """Where a stream notes the changes that could not be published: their place in the stream, not what they were.

    Nothing can be sent again from there. `reconcile` finds the rows behind the notes by their states.
    """
    helps = (
        "Repair the cause: `reconcile` then puts the rows back on their way by itself. "
        f"Afterwards purge the queue in the output ChangesDeadQueueUrl of the stack {stack.stack_name}"
    )
    return dead_letters(stack, "changes", key, meaning=f"A change of a row could not be published. {helps}")


def _waiting(stack: ContextStack, name: str) -> str:
    helps = f"`sozialakte redrive {name} --stage {stack.site.service.name}`"
    return f"A message on {name} could not be handled. Repair the cause, then {helps}"


class Queue(Construct):
    """Work for one function. A message that fails five times goes to the dead-letter queue.

    Args:
        stack: the stack that owns the queue.
        name: the queue's name inside its context, for example ``scans``.
        key: the key that encrypts the messages.
        handled_within: the timeout of the function that handles them, in seconds.
        late_after: minutes a message may wait before an alarm is raised.
    """

    def __init__(
        self,
        stack: ContextStack,
        name: str,
        *,
        key: kms.IKey,
        handled_within: int,
        late_after: int = LATE_MINUTES,
    ) -> None:
        super().__init__(stack, f"{name.capitalize()}Queue")
        self.key = key
        self.dead = dead_letters(stack, name, key, meaning=_waiting(stack, name))
        self.queue = sqs.Queue(
            self,
            "Queue",
            encryption=sqs.QueueEncryption.KMS,
            encryption_master_key=key,
            enforce_ssl=True,
            # Six times the timeout, as Lambda asks for: a throttled batch waits without being counted as failed.
            visibility_timeout=Duration.seconds(6 * handled_within),
            retention_period=Duration.days(_KEPT_DAYS),
            dead_letter_queue=sqs.DeadLetterQueue(queue=self.dead, max_receive_count=_TRIES),
            removal_policy=stack.site.target.removal_policy,
        )
        stack.alarm(
            f"{name}-late",
            self.queue.metric_approximate_age_of_oldest_message(period=Duration.minutes(5), statistic="Maximum"),
            above=late_after * 60,
            meaning=f"A message on {name} has waited for more than {late_after} minutes",
        )
        stack.publish(f"{name.capitalize()}QueueUrl", self.url)

    @property
    def url(self) -> str:
        """Where messages are sent to."""
        return self.queue.queue_url

    def may_send(self) -> list[Permission]:
        """Permission to put messages on this queue."""
        return may_send(self.queue, self.key)

    def may_consume(self) -> list[Permission]:
        """Permission to take messages off this queue, as an event source mapping needs it."""
        take = ("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility", "sqs:GetQueueAttributes")
        return [Permission(take, (self.queue.queue_arn,)), Permission(("kms:Decrypt",), (self.key.key_arn,))]


def may_send(queue: sqs.IQueue, key: kms.IKey) -> list[Permission]:
    """Permission to put messages on a queue; SQS asks for both key actions of a sender."""
    return [
        Permission(("sqs:SendMessage",), (queue.queue_arn,)),
        Permission(("kms:GenerateDataKey", "kms:Decrypt"), (key.key_arn,)),
    ]
