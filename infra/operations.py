"""What people who run the service see: one dashboard, one topic that tells them, two composite alarms.

Dead letters tell by themselves, queue by queue. Lateness and errors are symptoms that come in swarms: one outage makes
all queues late, so a composite alarm says it once, and the dashboard shows where.

The stack speaks of alarms, queues and functions by name, never by import: what another stack imports cannot be
replaced. The emulator does not get it, because it knows no composite alarms.
"""

from __future__ import annotations

from collections.abc import Sequence

from aws_cdk import Arn, ArnComponents, ArnFormat, Duration
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sns_subscriptions as subscriptions
from constructs import Construct

from infra.house.key import key
from infra.house.stack import ContextStack, Site

_MEANINGS = {
    "late": "Work waits longer than it may; the dashboard shows where",
    "fails": "People get errors, or the search for stuck work fails; the dashboard shows which",
}


class OperationsStack(ContextStack):
    """Dashboard, composite alarms and the alarm topic over all contexts of a service."""

    def __init__(self, scope: Construct, site: Site, contexts: Sequence[ContextStack]) -> None:
        super().__init__(scope, "operations", site)
        self._contexts = contexts
        self._topic = self._alarm_topic()
        for context in contexts:
            self.add_stack_dependency(context)
        for kind in _MEANINGS:
            self._composite(kind, [name for name in self._alarm_names() if name.endswith(f"-{kind}")])
        self._dashboard()

    def _alarm_names(self) -> list[str]:
        return [name for context in self._contexts for name in context.alarm_names]

    def _alarm_topic(self) -> sns.Topic:
        topic_key = key(self, "TopicKey", "alarm notices")
        self._let_alarms_use(topic_key)
        topic = sns.Topic(self, "Alarms", topic_name=self.site.alarm_topic, master_key=topic_key, enforce_ssl=True)
        # A topic with a policy of its own (TLS only) has lost the default one, which would let our alarms in.
        topic.add_to_resource_policy(self._alarms_may("sns:Publish", on=topic.topic_arn))
        for address in self.site.service.alarm_emails:
            topic.add_subscription(subscriptions.EmailSubscription(address))
        self.publish("AlarmTopicArn", topic.topic_arn)
        return topic

    def _let_alarms_use(self, topic_key: kms.Key) -> None:
        on_this_key = "*"
        topic_key.add_to_resource_policy(self._alarms_may("kms:GenerateDataKey", "kms:Decrypt", on=on_this_key))

    def _alarms_may(self, *acts: str, on: str) -> iam.PolicyStatement:
        """Permission for the alarms of this account, and of no other."""
        return iam.PolicyStatement(
            principals=[iam.ServicePrincipal("cloudwatch.amazonaws.com")],
            actions=list(acts),
            resources=[on],
            conditions={"StringEquals": {"aws:SourceAccount": self.account}},
        )

    def _composite(self, kind: str, names: Sequence[str]) -> None:
        alarm = cloudwatch.CompositeAlarm(
            self,
            kind.capitalize(),
            composite_alarm_name=f"{self.stack_name}-{kind}",
            alarm_description=_MEANINGS[kind],
            alarm_rule=cloudwatch.AlarmRule.from_string(" OR ".join(f'ALARM("{name}")' for name in names)),
        )
        alarm.add_alarm_action(actions.SnsAction(self._topic))

    def _dashboard(self) -> None:
        dashboard = cloudwatch.Dashboard(self, "Dashboard", dashboard_name=self.stack_name)
        dashboard.add_widgets(self._alarm_widget())
        dashboard.add_widgets(
            self._graph("Waiting messages", "AWS/SQS,QueueName", "ApproximateNumberOfMessagesVisible", "Maximum"),
            self._graph("Oldest message (s)", "AWS/SQS,QueueName", "ApproximateAgeOfOldestMessage", "Maximum"),
        )
        dashboard.add_widgets(
            self._graph("Errors", "AWS/Lambda,FunctionName", "Errors", "Sum"),
            self._graph("Duration (ms)", "AWS/Lambda,FunctionName", "Duration", "p95"),
        )

    def _alarm_widget(self) -> cloudwatch.AlarmStatusWidget:
        alarms = [
            cloudwatch.Alarm.from_alarm_arn(self, f"Seen{number}", self._alarm_arn(name))
            for number, name in enumerate(self._alarm_names())
        ]
        return cloudwatch.AlarmStatusWidget(title="Alarms", alarms=alarms, width=24, height=4)

    def _alarm_arn(self, name: str) -> str:
        parts = ArnComponents(
            service="cloudwatch", resource="alarm", resource_name=name, arn_format=ArnFormat.COLON_RESOURCE_NAME
        )
        return Arn.format(parts, self)

    def _graph(self, title: str, dimensions: str, metric: str, statistic: str) -> cloudwatch.GraphWidget:
        """All queues or functions of the service: their names begin with the name of the stage."""
        stage = self.site.service.name
        found = f"""SEARCH('{{{dimensions}}} MetricName="{metric}" "{stage}"', '{statistic}')"""
        search = cloudwatch.MathExpression(expression=found, label="", period=Duration.minutes(5), using_metrics={})
        return cloudwatch.GraphWidget(title=title, left=[search], width=12, height=6)
