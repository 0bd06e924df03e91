"""Every message has a handler, and a place to go when the handler fails."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest

from infra.services import load_services
from sozialakte.cli.stage import STACK_OF_QUEUE
from tests.infra.templates import Assembly, Json, Resource, part, parts, statements

QUEUE, MAPPING, ALARM = "AWS::SQS::Queue", "AWS::Lambda::EventSourceMapping", "AWS::CloudWatch::Alarm"
FOURTEEN_DAYS = 14 * 24 * 3600


@pytest.fixture
def working(aws: Assembly) -> Mapping[str, Resource]:
    """The queues that are no dead-letter queues, by name."""
    queues = [queue for queue in aws.resources(QUEUE) if "RedrivePolicy" in queue.properties]
    return {queue.logical_id.split("Queue")[0].lower(): queue for queue in queues}


@pytest.fixture
def dead(aws: Assembly) -> list[Resource]:
    return [queue for queue in aws.resources(QUEUE) if "RedrivePolicy" not in queue.properties]


def _consumer(aws: Assembly, queue: Resource) -> Resource:
    (consumer,) = [mapping for mapping in aws.resources(MAPPING) if _mentions(mapping, "EventSourceArn", queue)]
    return consumer


def _mentions(resource: Resource, name: str, other: Resource) -> bool:
    """Whether a property refers to a resource: by its logical id, or inside the name of the export."""
    return other.logical_id in json.dumps(resource.properties.get(name))


def _function_of(aws: Assembly, mapping: Resource) -> Json:
    (found,) = [f for f in aws.resources("AWS::Lambda::Function") if _in(f, mapping)]
    return found.properties


def _in(function: Resource, mapping: Resource) -> bool:
    return function.context == mapping.context and _mentions(mapping, "FunctionName", function)


def test_the_queues_are_those_of_the_design(working: Mapping[str, Resource]) -> None:
    contexts = {name: queue.context for name, queue in working.items()}
    assert contexts == {
        **dict.fromkeys(("scans", "backfile", "read", "oldpages", "identify", "desk"), "intake"),
        **dict.fromkeys(("file", "settle", "handover", "bills", "vouchers"), "links"),
        "receipts": "partners",
        "index": "dossiers",
        "runs": "payments",
        "bank": "payments",
    }


def test_every_queue_has_one_consumer(aws: Assembly, working: Mapping[str, Resource]) -> None:
    handlers = {name: _function_of(aws, _consumer(aws, queue))["Handler"] for name, queue in working.items()}
    assert handlers == {
        "scans": "functions.intake.split_batch.handler",
        "backfile": "functions.intake.split_batch.handler",
        "read": "functions.intake.read_pages.handler",
        "oldpages": "functions.intake.read_pages.handler",
        "identify": "functions.intake.identify_letter.handler",
        "file": "functions.dossiers.file_document.handler",
        "settle": "functions.intake.settle_letter.handler",
        "handover": "functions.partners.export_document.handler",
        "receipts": "functions.partners.take_receipt.handler",
        "desk": "functions.intake.serve_desk.handler",
        "index": "functions.dossiers.index_document.handler",
        "bills": "functions.payments.register_bills.handler",
        "runs": "functions.payments.advance_run.handler",
        "bank": "functions.payments.take_bank_message.handler",
        "vouchers": "functions.payments.file_voucher.handler",
    }


def test_a_message_is_hidden_six_times_as_long_as_its_handler_may_run(
    aws: Assembly, working: Mapping[str, Resource]
) -> None:
    for name, queue in working.items():
        timeout = _function_of(aws, _consumer(aws, queue))["Timeout"]
        assert isinstance(timeout, int)
        assert queue.properties["VisibilityTimeout"] == 6 * timeout, name


def test_what_fails_five_times_goes_to_a_dead_letter_queue(
    working: Mapping[str, Resource], dead: list[Resource]
) -> None:
    for name, queue in working.items():
        redrive = part(queue.properties, "RedrivePolicy")
        assert redrive["maxReceiveCount"] == 5
        (own,) = [other for other in dead if other.logical_id in json.dumps(redrive)]
        assert own.logical_id.lower().startswith(f"{name}dead"), name


def test_messages_are_kept_for_two_weeks_under_our_key(aws: Assembly) -> None:
    for queue in aws.resources(QUEUE):
        assert queue.properties["MessageRetentionPeriod"] == FOURTEEN_DAYS, queue
        assert "KmsMasterKeyId" in queue.properties, queue


def test_every_queue_has_its_alarm(aws: Assembly, working: Mapping[str, Resource], dead: list[Resource]) -> None:
    watched = {(_metric(alarm), _queue(alarm)) for alarm in aws.resources(ALARM)}
    assert {("ApproximateNumberOfMessagesVisible", queue.logical_id) for queue in dead} <= watched
    assert {("ApproximateAgeOfOldestMessage", queue.logical_id) for queue in working.values()} <= watched


def test_every_dead_letter_queue_is_named_in_the_outputs(aws: Assembly, dead: list[Resource]) -> None:
    for queue in dead:
        assert {"Ref": queue.logical_id} in _dead_queue_outputs(aws, queue.context).values(), queue
    assert all(
        "ChangesDeadQueueUrl" in _dead_queue_outputs(aws, context) for context in ("intake", "dossiers", "payments")
    )


def test_every_queue_is_known_to_the_command_that_puts_messages_back(working: Mapping[str, Resource]) -> None:
    assert {name: queue.context for name, queue in working.items()} == STACK_OF_QUEUE


def _dead_queue_outputs(aws: Assembly, context: str) -> dict[str, object]:
    outputs = part(aws.templates[context], "Outputs")
    return {name: part(outputs, name)["Value"] for name in outputs if name.endswith("DeadQueueUrl")}


def test_a_publisher_that_lags_an_hour_behind_its_table_raises_an_alarm(aws: Assembly) -> None:
    lagging = {str(a.properties["AlarmName"]): a for a in aws.resources(ALARM) if _metric(a) == "IteratorAge"}
    contexts = ("intake", "dossiers", "payments")
    assert set(lagging) == {f"demo-{context}-changes-late" for context in contexts}
    for alarm in lagging.values():
        assert alarm.properties["Threshold"] == 3_600_000, "milliseconds"
        (dimension,) = parts(alarm.properties, "Dimensions")
        assert "PublishChanges" in json.dumps(dimension["Value"])


def _metric(alarm: Resource) -> object:
    return alarm.properties["MetricName"]


def _queue(alarm: Resource) -> object:
    for dimension in parts(alarm.properties, "Dimensions"):
        match dimension["Value"]:
            case {"Fn::GetAtt": [str(logical_id), "QueueName"]}:
                return logical_id
    return None


def test_every_mapping_reports_single_failures(aws: Assembly) -> None:
    for mapping in aws.resources(MAPPING):
        assert mapping.properties["FunctionResponseTypes"] == ["ReportBatchItemFailures"], mapping


def test_batch_sizes_fit_the_work(aws: Assembly, working: Mapping[str, Resource]) -> None:
    sizes = {name: _consumer(aws, queue).properties["BatchSize"] for name, queue in working.items()}
    intake = {"scans": 1, "backfile": 1, "read": 1, "oldpages": 1, "identify": 10, "desk": 1}
    ones = ("handover", "index", "bills", "runs", "bank", "vouchers")
    others = {"file": 5, "settle": 10, "receipts": 10}
    assert sizes == intake | others | dict.fromkeys(ones, 1)


def test_a_stream_is_tried_a_bounded_number_of_times_then_noted(aws: Assembly, dead: list[Resource]) -> None:
    streams = [mapping for mapping in aws.resources(MAPPING) if "StartingPosition" in mapping.properties]
    assert {_function_of(aws, stream)["Handler"] for stream in streams} == {
        "functions.intake.publish_changes.handler",
        "functions.dossiers.publish_changes.handler",
        "functions.payments.publish_changes.handler",
    }
    for stream in streams:
        assert stream.properties["StartingPosition"] == "TRIM_HORIZON"
        assert stream.properties["BisectBatchOnFunctionError"] is True
        assert stream.properties["MaximumRetryAttempts"] == 10
        assert any(_mentions(stream, "DestinationConfig", queue) for queue in dead if queue.context == stream.context)


def test_ocr_load_is_bounded_by_the_service(aws: Assembly, working: Mapping[str, Resource]) -> None:
    limits = load_services()[0].concurrency
    shares = {
        "scans": limits.split_batch,
        "backfile": limits.split_backfile,
        "read": limits.read_pages,
        "oldpages": limits.read_backfile,
    }
    for queue, copies in shares.items():
        mapping = _consumer(aws, working[queue])
        assert part(mapping.properties, "ScalingConfig")["MaximumConcurrency"] == copies


@pytest.mark.parametrize(("daily", "old"), [("scans", "backfile"), ("read", "oldpages")])
def test_old_dossiers_never_take_a_copy_from_the_daily_post(
    aws: Assembly, working: Mapping[str, Resource], daily: str, old: str
) -> None:
    """Each queue has its share, and the function is reserved as many copies as both shares together."""
    mappings = [_consumer(aws, working[queue]) for queue in (daily, old)]
    shares = [int(str(part(mapping.properties, "ScalingConfig")["MaximumConcurrency"])) for mapping in mappings]
    assert {_function_of(aws, mapping)["ReservedConcurrentExecutions"] for mapping in mappings} == {sum(shares)}


@pytest.mark.parametrize("both", ["identify", "file", "settle", "desk"])
def test_what_both_go_through_has_no_limit_they_could_fill(
    aws: Assembly, working: Mapping[str, Resource], both: str
) -> None:
    mapping = _consumer(aws, working[both])
    assert "ScalingConfig" not in mapping.properties
    assert "ReservedConcurrentExecutions" not in _function_of(aws, mapping)


def test_old_dossiers_may_wait_for_days_before_anybody_is_called(aws: Assembly) -> None:
    limits = {a.properties["AlarmName"]: a.properties["Threshold"] for a in aws.resources(ALARM)}
    assert limits["demo-intake-read-late"] == 3600
    assert limits["demo-intake-oldpages-late"] == limits["demo-intake-backfile-late"] == 3 * 24 * 3600


@pytest.mark.parametrize("queue", ["scans", "backfile"])
def test_every_upload_is_announced_to_the_queue_of_its_bucket(
    aws: Assembly, working: Mapping[str, Resource], queue: str
) -> None:
    buckets = {bucket.logical_id.split("Bucket")[0].lower(): bucket for bucket in aws.resources("AWS::S3::Bucket")}
    (configuration,) = parts(part(buckets[queue].properties, "NotificationConfiguration"), "QueueConfigurations")
    assert configuration["Event"] == "s3:ObjectCreated:*"
    assert working[queue].logical_id in json.dumps(configuration["Queue"])


def test_only_what_the_partner_writes_is_announced_to_the_receipts_queue(
    aws: Assembly, working: Mapping[str, Resource]
) -> None:
    (partner,) = [bucket for bucket in aws.resources("AWS::S3::Bucket") if bucket.logical_id.startswith("Partner")]
    (configuration,) = parts(part(partner.properties, "NotificationConfiguration"), "QueueConfigurations")
    assert parts(part(part(configuration, "Filter"), "S3Key"), "Rules") == [{"Name": "prefix", "Value": "receipts/"}]
    assert working["receipts"].logical_id in json.dumps(configuration["Queue"])


def test_s3_may_announce_uploads_of_this_account_only(aws: Assembly) -> None:
    policies = [*aws.resources("AWS::SQS::QueuePolicy"), *aws.resources("AWS::KMS::Key")]
    granted = [s for policy in policies for s in statements(policy) if _is_for_s3(s)]
    assert len(granted) == 5, "the queues of both buckets, the receipts queue, the bank's queue and the queues' key"
    for statement in granted:
        assert statement["Condition"] == {"StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}}


def _is_for_s3(statement: Json) -> bool:
    return statement["Principal"] == {"Service": "s3.amazonaws.com"}
