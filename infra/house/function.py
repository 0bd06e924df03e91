"""A Lambda function: its log, its role with nothing but what stands beside it, its triggers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aws_cdk import Duration, IgnoreMode, Size
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.house.log import log_group
from infra.house.permission import Permission, accept, acknowledge_wildcards
from infra.house.queue import LATE_MINUTES, Queue, dead_changes, may_send
from infra.house.stack import ContextStack
from infra.house.table import Table

_STREAM_BATCH = 25
_STREAM_TRIES = 10
_OWN_CODE = ["/*", "!/functions", "**/__pycache__"]


@dataclass(frozen=True)
class Limits:
    """How big a function is: timeout in seconds, memory and temporary disk in MB, copies at once (None: no limit)."""

    timeout: int
    memory: int = 256
    disk: int = 512
    copies: int | None = None


class Function(Construct):
    """The function of ``functions/<context>/<verb_object>.py``.

    Args:
        stack: the context's stack.
        verb_object: the handler's file name without suffix.
        limits: how big it is.
        env: its settings beside those that every function has.
        may: all it may do beside writing its log and its traces.
        layers: what it imports.
    """

    def __init__(
        self,
        stack: ContextStack,
        verb_object: str,
        limits: Limits,
        *,
        env: Mapping[str, str],
        may: Sequence[Permission],
        layers: tuple[str, ...] = ("core", "vendor"),
    ) -> None:
        super().__init__(stack, _pascal(verb_object))
        self.limits = limits
        self._copies = stack.site.target.bounded(limits.copies)
        self._verb_object = verb_object
        self._stack = stack
        self._log = log_group(self, stack)
        self._role = iam.Role(self, "Role", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
        self._policy = iam.Policy(self, "Policy", roles=[self._role])
        self.allow(*may, *self._may_log_and_trace())
        self.function = self._lambda(env, layers)
        self.function.node.add_dependency(self._policy)

    def allow(self, *may: Permission) -> None:
        """Add permissions to the function's only policy."""
        self._policy.add_statements(*(permission.statement() for permission in may))
        acknowledge_wildcards(self._policy, may)

    def consume(self, queue: Queue, *, batch: int, share: int | None = None, name: str = "Consumes") -> None:
        """Handle the queue's messages; those the handler names as failed stay on the queue.

        ``share``: of a function with several queues, how many copies this one may keep busy; ``name`` of the mapping.
        """
        self.allow(*queue.may_consume())
        copies = self._stack.site.target.bounded(share) if share else self._copies
        self._map(
            name,
            event_source_arn=queue.queue.queue_arn,
            batch_size=batch,
            # Without it, messages beyond the reserved copies would be throttled, counted as failed and end up dead.
            scaling_config=copies and lambda_.CfnEventSourceMapping.ScalingConfigProperty(maximum_concurrency=copies),
        )

    def follow(self, table: Table, *, dead_key: kms.IKey) -> None:
        """Publish the table's changes; a change that fails again and again is noted in a dead-letter queue."""
        dead = dead_changes(self._stack, dead_key)
        self.allow(*table.may_follow(), *may_send(dead, dead_key))
        self._map(
            "Follows",
            event_source_arn=table.stream_arn,
            batch_size=_STREAM_BATCH,
            starting_position="TRIM_HORIZON",
            bisect_batch_on_function_error=True,
            maximum_retry_attempts=_STREAM_TRIES,
            destination_config=_on_failure(dead),
        )
        self._stack.alarm(
            "changes-late",
            self.function.metric("IteratorAge", period=Duration.minutes(5), statistic="Maximum"),
            above=LATE_MINUTES * 60 * 1000,  # milliseconds
            meaning=f"The publisher is more than {LATE_MINUTES} minutes behind the changes of its table",
        )

    def run_every(self, *, minutes: int, failure_means: str) -> None:
        """Run the function regularly. No message waits in a dead-letter queue when it fails, so an alarm tells."""
        schedule = events.Schedule.rate(Duration.minutes(minutes))
        events.Rule(self, "Regularly", schedule=schedule, targets=[targets.LambdaFunction(self.function)])
        errors = self.function.metric_errors(period=Duration.minutes(minutes), statistic="Sum")
        self._stack.alarm(f"{self._verb_object.replace('_', '-')}-fails", errors, above=0, meaning=failure_means)

    def _map(self, name: str, **properties: object) -> None:
        mapping = lambda_.CfnEventSourceMapping(
            self,
            name,
            function_name=self.function.function_arn,
            function_response_types=["ReportBatchItemFailures"],
            **properties,  # type: ignore[arg-type] # jsii checks them
        )
        mapping.node.add_dependency(self._policy)

    def _may_log_and_trace(self) -> list[Permission]:
        log, trace = (
            ("logs:CreateLogStream", "logs:PutLogEvents"),
            ("xray:PutTraceSegments", "xray:PutTelemetryRecords"),
        )
        return [
            Permission(log, (self._log.log_group_arn,), because="Lambda names the streams of the function's own log"),
            Permission(trace, ("*",), because="X-Ray knows no resources for writing traces"),
        ]

    def _lambda(self, env: Mapping[str, str], layers: tuple[str, ...]) -> lambda_.Function:
        target, context = self._stack.site.target, self._stack.context
        verb_object = self._verb_object
        function = lambda_.Function(
            self,
            "Function",
            description=f"{context}.{verb_object}",
            handler=f"functions.{context}.{verb_object}.handler",
            code=lambda_.Code.from_asset(".", exclude=_OWN_CODE, ignore_mode=IgnoreMode.GIT),
            runtime=target.runtime,
            architecture=target.architecture,
            layers=self._stack.layers.named(*layers),
            timeout=Duration.seconds(self.limits.timeout),
            memory_size=self.limits.memory,
            ephemeral_storage_size=Size.mebibytes(self.limits.disk),
            reserved_concurrent_executions=self._copies,
            environment={"POWERTOOLS_SERVICE_NAME": context, "STAGE": self._stack.site.service.name, **env},
            # The role is ours, so CDK adds nothing to it: what tracing needs is in the policy.
            role=self._role.without_policy_updates(),
            log_group=self._log,
            tracing=lambda_.Tracing.ACTIVE,
        )
        accept(function, "AwsSolutions-L1", "All functions run on the one Python they are tested with (DESIGN.md 6)")
        return function


def _on_failure(dead: sqs.IQueue) -> lambda_.CfnEventSourceMapping.DestinationConfigProperty:
    return lambda_.CfnEventSourceMapping.DestinationConfigProperty(
        on_failure=lambda_.CfnEventSourceMapping.OnFailureProperty(destination=dead.queue_arn)
    )


def _pascal(verb_object: str) -> str:
    return "".join(word.capitalize() for word in verb_object.split("_"))
