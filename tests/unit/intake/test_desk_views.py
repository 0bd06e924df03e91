"""What the page of the review desk shows of a queue and of a letter."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialakte.intake.desk.answers import CandidateAnswer, PersonNamed, QueueCounts, ReviewDetail, ReviewQueue
from sozialakte.intake.desk.model import Claim
from sozialakte.intake.desk.queue import Held, Viewer, counts_of
from sozialakte.intake.desk.views.letter_view import letter_said, letter_view
from sozialakte.intake.desk.views.queue_view import Chosen, queue_said, queue_view
from sozialakte.intake.desk.views.words import waited
from sozialakte.intake.letter import Letter
from sozialakte.intake.letter_facts import LetterFacts
from sozialakte.intake.understanding.kind_words import Kind
from sozialakte.intake.waiting_answers import WaitingLetter
from sozialakte.register import DossierType
from sozialakte.shared.reasons import Reason
from tests.builders import a_letter

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
DOSSIER = "SH-2026-00001"
HOSTILE = "</p><script>alert(1)</script><a onclick='x' href=\"javascript:x\">&amp;"


def a_waiting(pages: tuple[int, ...] = (1, 2), facts: LetterFacts | None = None, claim: Claim | None = None) -> Letter:
    since = NOW - timedelta(minutes=130)
    known = a_letter(pages).read(since).know(facts or LetterFacts("bill", sender="Spitex Nord"))
    return replace(known.review((Reason("identify.nothing_found"),), (DOSSIER,), since), claim=claim)


def queue_of(*letters: Letter, following: str | None = None) -> ReviewQueue:
    counts = QueueCounts.of(counts_of(letters, Viewer("ma-201", NOW)), complete=following is None)
    return ReviewQueue(
        letters=[WaitingLetter.of(one, NOW, frozenset()) for one in letters], counts=counts, next=following
    )


def detail_of(letter: Letter, candidates: Sequence[CandidateAnswer] = (), turns: dict[int, int] | None = None) -> str:
    return letter_view(a_detail(letter, candidates, turns), "ma-201")


def a_detail(
    letter: Letter, candidates: Sequence[CandidateAnswer] = (), turns: dict[int, int] | None = None
) -> ReviewDetail:
    waiting = WaitingLetter.of(letter, NOW, frozenset())
    return ReviewDetail(letter=waiting, url="", expires_at=NOW, candidates=list(candidates), turns=turns or {})


def a_candidate(number: int = 1, name: str = "Muster Anna") -> CandidateAnswer:
    person = PersonNamed(person_id="P-000001", name=name, birth_date=date(1987, 4, 3))
    return CandidateAnswer(
        dossier_id=f"SH-2026-{number:05d}",
        type=DossierType.ALIMONY,
        type_text="Alimente",
        percent=72,
        evidence=["Name"],
        persons=[person],
    )


def orders(markup: str) -> list[tuple[str, object]]:
    """Every order on the page: the last word of its path and its body."""
    found = re.findall(r'data-post="([^"]*)" data-body="([^"]*)"', markup)
    return [(path.rsplit("/", 1)[-1], json.loads(unescape(body))) for path, body in found]


def test_each_candidate_is_one_key_away() -> None:
    letter = a_waiting()
    markup = detail_of(letter, [a_candidate(number) for number in range(1, 12)])

    assigned = [body for what, body in orders(markup) if what == "assignment"]
    assert assigned[0] == {"version": letter.version, "dossier_id": DOSSIER}
    assert re.findall(r'data-key="(\d)"', markup) == list("123456789")
    assert "Muster Anna, 03.04.1987" in markup
    assert "72 %" in markup


def test_everything_people_can_decide_is_there_about_the_version_they_see() -> None:
    letter = a_waiting()
    found = orders(detail_of(letter, [a_candidate()]))

    assert {what for what, _ in found} == {
        "assignment", "forwarding", "kind", "rejection", "rescan", "merge", "blanks", "split", "turns", "claim"
    }  # fmt: skip
    assert {body["version"] for what, body in found if isinstance(body, dict) and what != "claim"} == {letter.version}


def test_no_two_orders_share_a_key() -> None:
    keys = re.findall(r'data-key="([^"]+)"', detail_of(a_waiting(), [a_candidate()]))

    assert len(keys) == len(set(keys))


def test_a_letter_without_candidates_says_so() -> None:
    assert "Kein Dossier kommt in Frage." in detail_of(a_waiting())
    assert letter_said(a_detail(a_waiting())) == "Spitex Nord, 0 Dossiers kommen in Frage."
    assert letter_said(a_detail(a_waiting(), [a_candidate()])) == "Spitex Nord, 1 Dossier kommt in Frage."


def test_who_has_the_letter_is_said() -> None:
    until = NOW + timedelta(minutes=10)

    mine, theirs = (detail_of(a_waiting(claim=Claim(who, until))) for who in ("ma-201", "ma-7"))

    assert "Sie haben den Brief in Arbeit bis 10:10." in mine
    assert [what for what, _ in orders(mine) if what in {"claim", "release"}] == ["release"]
    assert "In Arbeit bei ma-7 bis 10:10" in theirs
    assert "In Arbeit bei ma-7" not in detail_of(a_waiting(claim=Claim("ma-7", NOW))), "it has expired"


def test_turns_made_before_go_with_the_page() -> None:
    assert 'data-turns="{&quot;2&quot;: 90}"' in detail_of(a_waiting(), turns={2: 90})


def test_a_single_page_cannot_be_the_blank_one() -> None:
    blank = re.search(r"<button[^>]*blanks[^>]*>", detail_of(a_waiting((1,))))

    assert blank
    assert " disabled" in blank[0]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=80) | st.just(HOSTILE))
def test_no_text_of_a_letter_or_of_the_register_makes_an_element(text: str) -> None:
    said = LetterFacts("bill", sender=text or None, subject=text or None)
    plain = LetterFacts("bill", sender="x" if text else None, subject="x" if text else None)

    def elements(facts: LetterFacts, name: str) -> list[str]:
        letter = a_waiting(facts=facts)
        return re.findall(
            r"<[a-z!/][^\s>]*", detail_of(letter, [a_candidate(name=name)]) + queue_view(queue_of(letter), Chosen())
        )

    assert elements(said, text) == elements(plain, "x")


def test_the_queue_counts_and_names_what_waits() -> None:
    urgent = a_waiting(facts=LetterFacts("reminder", urgent=True, deadline=date(2026, 12, 1)))
    queue = queue_of(urgent, a_waiting((3,)))

    assert queue_said(queue) == "2 Briefe warten. Davon dringend: 1."
    assert "Frist 01.12.2026" in queue_view(queue, Chosen())
    assert "Mahnung · 2 Seiten · wartet seit 2 Std." in queue_view(queue, Chosen())
    assert queue_said(queue_of(urgent, following="c")) == "mindestens 1 Briefe warten. Davon dringend: 1."


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        (Chosen(), "Alles erledigt: Kein Brief wartet."),
        (Chosen(kind=Kind.BILL), "Kein Brief entspricht der Auswahl."),
        (Chosen(held=Held.MINE), "Kein Brief entspricht der Auswahl."),
        (Chosen(urgent=True), "Kein Brief entspricht der Auswahl."),
        (Chosen(first_page=False), "Kein Brief entspricht der Auswahl."),
    ],
)
def test_an_empty_queue_says_why(chosen: Chosen, said: str) -> None:
    assert said in queue_view(queue_of(), chosen)


def test_filters_show_what_is_chosen() -> None:
    markup = queue_view(queue_of(), Chosen(kind=Kind.BILL, urgent=True, held=Held.FREE))

    assert re.findall(r'<option value="(\w+)" selected>', markup) == ["bill", "free"]
    assert re.search(r'name="urgent"[^>]* checked', markup)


def test_the_queue_goes_on_and_back() -> None:
    assert 'data-cursor="abc"' in queue_view(queue_of(a_waiting(), following="abc"), Chosen())
    assert 'data-cursor=""' in queue_view(queue_of(a_waiting()), Chosen(first_page=False))


@pytest.mark.parametrize(
    ("minutes", "said"), [(0, "0 Min."), (59, "59 Min."), (60, "1 Std."), (2879, "47 Std."), (2880, "2 Tagen")]
)
def test_waiting_is_said_in_the_largest_unit(minutes: int, said: str) -> None:
    assert waited(minutes) == f"wartet seit {said}"
