"""Whatever order messages come in, however often, and wherever a process dies: the partner gets each version once."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sozialakte.partners import BundleState
from sozialakte.partners.contents import id_of
from sozialakte.partners.messages import ResendBundle
from sozialakte.runtime.aws import client
from sozialakte.runtime.s3_events import notification_of
from sozialakte.shared.messages import Message
from tests.aws import PARTNER, local_aws
from tests.builders import DOSSIER, OTHER_DOSSIER
from tests.crash.probe import Moment, Probe
from tests.handovers import (
    STORE,
    changed,
    deliver,
    document_id,
    file_document,
    move,
    original,
    relabel,
    take,
)
from tests.integration.partners.reference_consumer import DiedError, ReferenceConsumer
from tests.pipeline import Crash

MOST_ROUNDS = 12
STEPS = st.lists(
    st.tuples(st.sampled_from(["file", "relabel", "move", "deliver", "resend", "poll", "receipts"]), st.integers(0, 7)),
    max_size=20,
)
CRASHES = st.lists(st.tuples(st.integers(1, 12), st.sampled_from([Moment.BEFORE, Moment.AFTER])), max_size=4)


@dataclass
class World:
    """What really is (``places``: each document's dossier and version), the queues, and the partner."""

    places: dict[int, tuple[str, int]] = field(default_factory=dict)
    told: list[Message] = field(default_factory=list)
    consumer: ReferenceConsumer = field(default_factory=lambda: ReferenceConsumer(PARTNER))
    receipts: list[str] = field(default_factory=list)
    changes: list[Message] = field(default_factory=list)
    crashes: list[tuple[int, Moment]] = field(default_factory=list)

    def step(self, what: str, number: int) -> None:
        """One thing happens."""
        document = 1 + 10 * (number % 3)
        if what == "file" and document not in self.places:
            self._says(file_document(document))
            self.places[document] = DOSSIER, 1
        elif what in {"relabel", "move"} and document in self.places:
            self._change(what, document)
        elif what == "deliver" and self.told:
            self.deliver(self.told[number % len(self.told)])  # and it stays: it comes again
        elif what == "resend" and self.consumer.applied:
            self._resend(self.consumer.applied[number % len(self.consumer.applied)]["bundle_id"])
        elif what == "poll":
            self.poll(lives=number * 3)
        elif what == "receipts" and self.receipts:
            self.take(self.receipts[number % len(self.receipts)])

    def _change(self, what: str, document: int) -> None:
        place, version = self.places[document]
        if what == "relabel":
            self._says(relabel(version + 1, document, place))
        else:
            other = OTHER_DOSSIER if place == DOSSIER else DOSSIER
            self._says(*move(version + 1, document, place, other))
            place = other
        self.places[document] = place, version + 1

    def _says(self, *messages: Message) -> None:
        self.told += messages
        self.changes += messages

    def _resend(self, bundle_id: str) -> None:
        bundle = STORE.find(bundle_id)
        assert bundle is not None
        self.told.append(ResendBundle(bundle_id=bundle_id, attempt=bundle.attempt + 1))

    def deliver(self, message: Message) -> bool:
        """Whether the message is done; the process may die on the way."""
        with self._dying():
            return deliver(message) == []
        return False

    def take(self, notification: str) -> bool:
        """As `deliver`, for a receipt."""
        with self._dying():
            return take(notification) == []
        return False

    def poll(self, lives: int = -1) -> None:
        """The partner works until it has nothing to do, or dies."""
        self.consumer.lives = lives
        with suppress(DiedError):
            self.consumer.poll()
        listed = client("s3").list_object_versions(Bucket=PARTNER, Prefix="receipts/").get("Versions", [])
        self.receipts = [notification_of(PARTNER, one["Key"], one["VersionId"]) for one in listed]

    def settle(self) -> None:
        """Everything is delivered until nothing is left to do."""
        for _ in range(MOST_ROUNDS):
            done = [self.deliver(message) for message in self.told]
            self.poll()
            if all([*done, *(self.take(one) for one in self.receipts)]) and not self.consumer.poll():
                return
        pytest.fail("work is left for ever")

    def _dying(self) -> Dying:
        return Dying(*self.crashes.pop()) if self.crashes else Dying(0, Moment.BEFORE)


@dataclass
class Dying:
    """A process that ends at one of its AWS calls."""

    at: int
    moment: Moment

    def __enter__(self) -> None:
        self._probe = Probe(at=self.at, moment=self.moment)
        if self.at:
            self._probe.attach()
        self._watching = self._probe.watching()
        self._watching.__enter__()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> bool:
        self._watching.__exit__(None, None, None)
        return isinstance(error, Crash)


@settings(max_examples=40)
@given(STEPS, CRASHES)
def test_the_partner_gets_each_version_exactly_once(
    steps: Sequence[tuple[str, int]], crashes: list[tuple[int, Moment]]
) -> None:
    with local_aws():
        world = World(crashes=list(crashes))
        for step in steps:
            world.step(*step)
        world.settle()

        applied = world.consumer.applied
        got = [(one["document_id"], one["document_version"], one["change"], one["dossier_id"]) for one in applied]
        assert sorted(got) == sorted(
            (one.document_id, one.document_version, one.change, one.dossier_id)  # type: ignore[attr-defined]
            for one in world.changes
        )
        assert sorted(world.consumer.numbers) == list(range(1, len(applied) + 1))
        assert world.consumer.gaps() == []
        _in_order_of_each_dossier(applied)
        _the_partner_knows_what_is(world)
        _every_bundle_is_accepted(world)


def _in_order_of_each_dossier(applied: Sequence[Mapping[str, object]]) -> None:
    for dossier in (DOSSIER, OTHER_DOSSIER):
        theirs = [(one["previous_in_dossier"], one["sequence"]) for one in applied if one["dossier_id"] == dossier]
        numbers = [number for _, number in theirs]
        assert [previous for previous, _ in theirs] == [None, *numbers][: len(theirs)]


def _the_partner_knows_what_is(world: World) -> None:
    expected = {(dossier, document_id(number)): number for number, (dossier, _) in world.places.items()}
    assert set(world.consumer.documents) == set(expected)
    for place, number in expected.items():
        assert world.consumer.documents[place]["files"]["document.pdf"] == original(number)


def _every_bundle_is_accepted(world: World) -> None:
    for one in world.consumer.applied:
        bundle = STORE.find(one["bundle_id"])
        assert bundle is not None
        assert bundle.state is BundleState.ACCEPTED


def test_a_bundle_waits_for_the_one_before_it_in_its_dossier_and_holds_up_no_other() -> None:
    with local_aws():
        first, second, other = file_document(1), file_document(11), file_document(21, OTHER_DOSSIER)
        deliver(first, second, other)
        missing = STORE.find(id_of(first))
        assert missing is not None
        body = client("s3").get_object(Bucket=PARTNER, Key=missing.key("bundle.json"))["Body"].read()
        client("s3").delete_object(Bucket=PARTNER, Key=missing.key("bundle.json"))
        consumer = ReferenceConsumer(PARTNER)

        consumer.poll()
        assert (sorted(consumer.numbers), consumer.gaps()) == ([3], [1, 2])

        client("s3").put_object(Bucket=PARTNER, Key=missing.key("bundle.json"), Body=body)
        consumer.poll()
        assert sorted(consumer.numbers) == [1, 2, 3]


def test_a_file_that_was_changed_on_the_way_is_refused_and_taken_when_it_comes_again() -> None:
    with local_aws():
        filed = file_document()
        deliver(filed)
        bundle = STORE.find(id_of(filed))
        assert bundle is not None
        client("s3").put_object(Bucket=PARTNER, Key=bundle.key("document.pdf"), Body=b"somebody else's")
        consumer = ReferenceConsumer(PARTNER)

        (receipt,) = consumer.poll()
        said = json.loads(client("s3").get_object(Bucket=PARTNER, Key=receipt)["Body"].read())
        assert (said["result"], said["reason"]) == ("refused", "wrong_hash")

        deliver(ResendBundle(bundle_id=bundle.bundle_id, attempt=2))
        assert consumer.poll() == [receipt]
        assert sorted(consumer.numbers) == [1]


def test_what_the_dossiers_never_announced_is_not_handed_over() -> None:
    with local_aws():
        deliver(changed("relabelled", 2))

        assert ReferenceConsumer(PARTNER).poll() == []
