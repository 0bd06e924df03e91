"""The stack of one context, and what everything in it shares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from aws_cdk import Arn, ArnComponents, CfnOutput, Environment, Stack, Tags
from aws_cdk import aws_cloudwatch as cloudwatch
from constructs import Construct

from infra.layers import Layers
from infra.services import Service
from infra.target import Target


@dataclass(frozen=True)
class Site:
    """Which service is deployed, and to what."""

    service: Service
    target: Target

    @property
    def environment(self) -> Environment:
        """Account and region of the service's stacks."""
        account = self.service.account if self.target.in_own_account else None
        return Environment(account=account, region=self.service.region)

    @property
    def alarm_topic(self) -> str:
        """The name of the topic that tells people.

        A name instead of an import: the topic comes last, and CloudWatch asks for it only when it has to tell.
        """
        return f"{self.service.name}-alarms"


class ContextStack(Stack):
    """One context of one service. The id is the context's name, with the part's if it is one of several."""

    def __init__(self, scope: Construct, context: str, site: Site, part: str | None = None) -> None:
        name = f"{context}-{part}" if part else context
        super().__init__(
            scope,
            name,
            env=site.environment,
            description=f"Sozialakte, {site.service.title}: {name}",
            termination_protection=site.target.keeps_data,
        )
        self.context = context
        self.site = site
        self.layers = Layers(self, site.target)
        self.alarm_names: list[str] = []
        Tags.of(self).add("service", site.service.name)
        Tags.of(self).add("context", context)

    def publish(self, name: str, value: str) -> None:
        """Name a value that operators and tests need, as an output of the stack."""
        CfnOutput(self, name, value=value)

    def alarm(self, name: str, metric: cloudwatch.IMetric, *, above: float, meaning: str, tells: bool = False) -> None:
        """Raise an alarm when the metric is above a limit.

        It tells people by itself if it ``tells``; else a composite alarm of the operations stack does. Alarms have
        names of their own, so that the operations stack can speak of them without importing them.
        """
        alarm_name = f"{self.stack_name}-{name}"
        alarm = cloudwatch.Alarm(
            self,
            "".join(part.capitalize() for part in f"{name}-alarm".split("-")),
            alarm_name=alarm_name,
            alarm_description=meaning,
            metric=metric,
            threshold=above,
            evaluation_periods=1,
            comparison_operator=cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
            treat_missing_data=cloudwatch.TreatMissingData.NOT_BREACHING,
        )
        self.alarm_names.append(alarm_name)
        if tells and self.site.target.has_operations:
            topic = Arn.format(ArnComponents(service="sns", resource=self.site.alarm_topic), self)
            cast("cloudwatch.CfnAlarm", alarm.node.default_child).alarm_actions = [topic]
