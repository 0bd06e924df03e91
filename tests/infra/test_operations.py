"""Alarms reach people, through few composite alarms; the dashboard shows them all."""

from __future__ import annotations

import json

from tests.infra.templates import Assembly, statements

ALARM, COMPOSITE = "AWS::CloudWatch::Alarm", "AWS::CloudWatch::CompositeAlarm"


def test_every_alarm_is_part_of_one_composite_alarm(aws: Assembly) -> None:
    rules = [str(composite.properties["AlarmRule"]) for composite in aws.resources(COMPOSITE)]
    for alarm in aws.resources(ALARM):
        name = alarm.properties["AlarmName"]
        assert len([rule for rule in rules if f'ALARM("{name}")' in rule]) == 1, name


def test_only_composite_alarms_tell_people(aws: Assembly) -> None:
    (topic,) = aws.resources("AWS::SNS::Topic")
    assert not [alarm for alarm in aws.resources(ALARM) if "AlarmActions" in alarm.properties]
    composites = list(aws.resources(COMPOSITE))
    assert len(composites) == 3
    for composite in composites:
        assert composite.properties["AlarmActions"] == [{"Ref": topic.logical_id}]


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
