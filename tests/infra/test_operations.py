"""Alarms reach people: dead letters each by itself, the rest through two composite alarms. The dashboard shows all."""

from __future__ import annotations

import json

from aws_cdk import App

from infra.app import warnings
from infra.services import load_services
from tests.infra.templates import Assembly, Resource, as_list, statements

ALARM, COMPOSITE = "AWS::CloudWatch::Alarm", "AWS::CloudWatch::CompositeAlarm"


def _in_composites(aws: Assembly, alarm: Resource) -> int:
    rules = [str(composite.properties["AlarmRule"]) for composite in aws.resources(COMPOSITE)]
    return len([rule for rule in rules if f'ALARM("{alarm.properties["AlarmName"]}")' in rule])


def _tells(alarm: Resource) -> str:
    return json.dumps(alarm.properties.get("AlarmActions", []))


def test_every_alarm_tells_people_in_exactly_one_way(aws: Assembly) -> None:
    for alarm in aws.resources(ALARM):
        assert _in_composites(aws, alarm) + len(as_list(alarm.properties.get("AlarmActions", []))) == 1, alarm


def test_dead_letters_of_one_queue_never_hide_those_of_another(aws: Assembly) -> None:
    dead = [alarm for alarm in aws.resources(ALARM) if str(alarm.properties["AlarmName"]).endswith("-dead")]
    assert len(dead) == 18
    assert all(":demo-alarms" in _tells(alarm) for alarm in dead)


def test_all_that_tells_people_tells_the_topic(aws: Assembly) -> None:
    (topic,) = aws.resources("AWS::SNS::Topic")
    assert topic.properties["TopicName"] == "demo-alarms"
    composites = {composite.properties["AlarmName"]: composite for composite in aws.resources(COMPOSITE)}
    assert set(composites) == {"demo-operations-late", "demo-operations-fails"}
    for composite in composites.values():
        assert composite.properties["AlarmActions"] == [{"Ref": topic.logical_id}]


def test_an_alarm_for_dead_letters_says_what_helps(aws: Assembly) -> None:
    said = {a.properties["AlarmName"]: str(a.properties["AlarmDescription"]) for a in aws.resources(ALARM)}
    assert "`sozialakte redrive read --stage demo`" in said["demo-intake-read-dead"]
    changes = said["demo-dossiers-changes-dead"]
    assert "redrive" not in changes, "changes of a table cannot be sent again"
    assert "`reconcile`" in changes
    assert "ChangesDeadQueueUrl of the stack demo-dossiers" in changes


def test_a_service_whose_alarms_reach_nobody_is_warned_of() -> None:
    (service,) = load_services()
    silent, heard = (service.model_copy(update={"alarm_emails": emails}) for emails in ([], ["betrieb@example.ch"]))
    said = list(warnings(App(), [silent, heard]))
    assert said == ["demo: alarm_emails in services.yaml is empty, so no alarm reaches anybody"]
    assert list(warnings(App(context={"emulated": "true"}), [silent])) == []


def test_those_the_service_names_are_told(with_people: Assembly) -> None:
    (subscription,) = with_people.resources("AWS::SNS::Subscription")
    assert subscription.properties["Endpoint"] == "betrieb@example.ch"


def test_alarm_notices_are_encrypted_and_alarms_may_use_the_key(aws: Assembly) -> None:
    (topic,) = aws.resources("AWS::SNS::Topic")
    (key,) = [key for key in aws.resources("AWS::KMS::Key") if key.context == "operations"]
    assert key.logical_id in json.dumps(topic.properties["KmsMasterKeyId"])
    services = [statement["Principal"] for statement in statements(key)]
    assert {"Service": "cloudwatch.amazonaws.com"} in services


def test_alarms_may_publish_and_only_over_tls(aws: Assembly) -> None:
    (policy,) = aws.resources("AWS::SNS::TopicPolicy")
    allowed = [statement for statement in statements(policy) if statement["Effect"] == "Allow"]
    assert [(rule["Principal"], rule["Action"]) for rule in allowed] == [
        ({"Service": "cloudwatch.amazonaws.com"}, "sns:Publish")
    ]
    assert [statement["Effect"] for statement in statements(policy)].count("Deny") == 1


def test_one_dashboard_shows_every_alarm(aws: Assembly) -> None:
    (dashboard,) = aws.resources("AWS::CloudWatch::Dashboard")
    shown = json.dumps(dashboard.properties["DashboardBody"])
    assert not [a for a in aws.resources(ALARM) if f"alarm:{a.properties['AlarmName']}" not in shown]


def test_operations_import_nothing_so_that_everything_can_be_replaced(aws: Assembly) -> None:
    assert "Fn::ImportValue" not in json.dumps(aws.templates["operations"])
