"""What people can decide about a letter: dossiers in question with reasons, other dossier, elsewhere, nowhere. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from sozialakte.intake.desk.answers import CandidateAnswer, PersonNamed
from sozialakte.intake.desk.model import RejectReason, RescanReason
from sozialakte.intake.desk.views.orders import Button, Order, choice_form, order_button
from sozialakte.intake.desk.views.words import day, words
from sozialakte.intake.letter import Destination
from sozialakte.intake.understanding.kind_words import Kind
from sozialakte.intake.waiting_answers import WaitingLetter
from sozialakte.shared.markup import Html, tag

_KEYS = 9
"""So many candidates have a key of their own."""


def candidates_view(letter: WaitingLetter, candidates: Sequence[CandidateAnswer]) -> Html:
    """The dossiers in question, each with what speaks for it; the digit of each confirms it."""
    if not candidates:
        found: Html = tag("p", words("desk.no_candidates"), class_="empty")
    else:
        found = tag("ol", *(_candidate(letter, one, at) for at, one in enumerate(candidates, 1)), class_="candidates")
    return tag(
        "section",
        tag("h3", words("desk.candidates"), id="candidates-title"),
        found,
        other_dossier(letter),
        aria_labelledby="candidates-title",
    )


def other_dossier(letter: WaitingLetter) -> Html:
    """The number of a dossier that the machine did not think of."""
    order = Order("assignment", words("desk.done.assigned_other"), {"version": letter.version})
    field = tag(
        "input",
        id="dossier-number",
        name="dossier_id",
        required=True,
        pattern="[A-Z]{2}-[0-9]{4}-[0-9]{5}",
        placeholder="SH-2026-00123",
        autocomplete="off",
        spellcheck="false",
        data_key="d",
        aria_keyshortcuts="D",
    )
    label = tag("label", tag("kbd", "D", aria_hidden="true"), words("desk.other_dossier"), for_="dossier-number")
    button = tag("button", words("desk.assign"), type="submit")
    return tag("form", label, field, button, class_="choice", **order.attributes(letter))


def elsewhere_view(letter: WaitingLetter) -> Html:
    """All that is not: into this dossier."""
    seen = {"version": letter.version}
    return tag(
        "section",
        tag("h3", words("desk.otherwise"), id="otherwise-title"),
        choice_form(
            letter,
            "O",
            words("desk.forward"),
            "destination",
            [(destination.value, words(f"destination.{destination}")) for destination in Destination],
            Order("forwarding", words("desk.done.forwarded"), seen),
        ),
        choice_form(
            letter,
            "A",
            words("desk.reclassify"),
            "kind",
            [(kind.value, words(f"kind.{kind}")) for kind in _first(letter.kind)],
            Order("kind", words("desk.done.reclassified"), seen, stays=True),
        ),
        choice_form(
            letter,
            "X",
            words("desk.reject"),
            "reason",
            [(reason.value, words(f"reject_reason.{reason}")) for reason in RejectReason],
            Order("rejection", words("desk.done.rejected"), seen),
        ),
        choice_form(
            letter,
            "S",
            words("desk.rescan"),
            "reason",
            [(reason.value, words(f"rescan_reason.{reason}")) for reason in RescanReason],
            Order("rescan", words("desk.done.rescan"), seen),
        ),
        _merge(letter),
        aria_labelledby="otherwise-title",
        class_="otherwise",
    )


def take_button(letter: WaitingLetter) -> Html | None:
    """A forwarded letter has arrived where it was sent."""
    if letter.destination is None:
        return None
    order = Order("receipt", words("desk.done.taken"), {"version": letter.version}, final=True)
    return order_button(letter, Button("E", words("desk.take")), order)


def claim_button(letter: WaitingLetter, viewer: str) -> Html:
    """Take the letter for a while, or let others have it."""
    if letter.claimed_by == viewer:
        order = Order("release", words("desk.done.released"), {}, stays=True)
        return order_button(letter, Button("C", words("desk.release")), order)
    order = Order("claim", words("desk.done.claimed"), {}, stays=True)
    return order_button(letter, Button("C", words("desk.claim")), order)


def _candidate(letter: WaitingLetter, candidate: CandidateAnswer, at: int) -> Html:
    key = str(at) if at <= _KEYS else ""
    order = Order(
        "assignment",
        words("desk.done.assigned", dossier_id=candidate.dossier_id),
        {"version": letter.version, "dossier_id": candidate.dossier_id},
    )
    who = tag("span", "; ".join(map(_person, candidate.persons)) or words("desk.nobody"), class_="who")
    about = tag("span", candidate.type_text, class_="about") if candidate.type_text else None
    which = tag("span", candidate.dossier_id, _share(candidate.percent), class_="which")
    button = order_button(letter, Button(key, ""), order, tag("span", who, about, which, class_="choice-text"))
    reasons = tag("ul", *(tag("li", text) for text in candidate.evidence)) if candidate.evidence else None
    return tag("li", button, reasons or tag("p", words("desk.no_evidence"), class_="quiet"))


def _share(percent: int) -> str:
    return f" · {words('desk.percent', percent=percent)}" if percent else ""


def _person(person: PersonNamed) -> str:
    return f"{person.name}, {day(person.birth_date)}" if person.birth_date else person.name


def _merge(letter: WaitingLetter) -> Html:
    order = Order("merge", words("desk.done.merged"), {"version": letter.version, "others": "@marked"})
    return order_button(letter, Button("M", words("desk.merge"), disabled=True, name="merge"), order)


def _first(kind: str | None) -> list[Kind]:
    """All kinds, the present one first."""
    return sorted(Kind, key=lambda one: one.value != kind)
