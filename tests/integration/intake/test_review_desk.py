"""People at the review desk: claims, and decisions about pages; each end to end through the real functions."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

import pytest
from PIL import Image

from sozialakte.intake.desk.model import CLAIM_LASTS, Claim, PageTurn
from sozialakte.intake.desk.store import DeskStore
from sozialakte.intake.ledger import ledger_of
from sozialakte.intake.letter import Letter, LetterState
from sozialakte.intake.model import Lane, Section
from sozialakte.intake.pages.sheet_codes import rescan_code
from sozialakte.intake.pdf.extract import PageHashes, page_stream_hashes
from sozialakte.intake.store import IntakeStore
from sozialakte.register import RegisterStore, Seal
from tests.aws import DOSSIERS, INTAKE, REGISTER, letter_file, put_register, rows, send, take
from tests.batches import CASE_WORKER, MAILROOM, OPEN, register
from tests.builders import BATCH_ID, a_letter
from tests.desk import KNOWN, UNKNOWN, WAITED_SINCE, furnish, get, now_is, post, waiting
from tests.pdf_bytes import PdfBytes, Placed
from tests.pipeline import Pipeline
from tests.scans import A4_POINTS, CLEAN, jpeg, separator

pytestmark = pytest.mark.usefixtures("aws")

COLLEAGUE = "ma-901"


def fates() -> dict[str, int]:
    """The ledger of the batch; its sum always fits."""
    found = IntakeStore(INTAKE).find_batch_with_letters(BATCH_ID)
    assert found
    ledger = ledger_of(*found)
    assert ledger.adds_up
    return {fate.value: count for fate, count in ledger.fates.items() if count}


def version(letter: Letter) -> dict[str, object]:
    """The body of a decision about what one sees."""
    return {"version": letter.version}


# -- claims --


def test_a_claim_keeps_others_out_for_a_quarter_of_an_hour() -> None:
    (letter,) = furnish()

    claimed = post(letter, "claim")
    refused = [post(letter, "claim", staff=COLLEAGUE), post(letter, "rejection", REJECTED, COLLEAGUE)]

    assert (claimed.status, claimed.body["claimed_by"]) == (200, MAILROOM)
    assert [(answer.status, answer.problem, answer.body["by"]) for answer in refused] == [
        (409, "letter_claimed", MAILROOM)
    ] * 2
    assert now_is(letter).version == letter.version, "a claim is no step"
    assert post(letter, "rejection", REJECTED).status == 200


def test_a_claim_that_expired_matters_only_if_somebody_else_has_claimed_since() -> None:
    (letter,) = furnish()
    _claimed(letter, MAILROOM, expired=True)
    _claimed(now_is(letter), COLLEAGUE, expired=False)

    assert post(letter, "rejection", REJECTED).problem == "letter_claimed"
    post(letter, "release", staff=COLLEAGUE)
    assert post(letter, "rejection", REJECTED).status == 200


def test_a_claim_is_renewed_and_released_only_by_whoever_has_it() -> None:
    (letter,) = furnish()
    post(letter, "claim")

    assert post(letter, "claim").body == post(letter, "claim").body
    assert post(letter, "release", staff=COLLEAGUE).status == 200
    assert now_is(letter).claim is not None
    post(letter, "release")
    assert post(letter, "claim", staff=COLLEAGUE).status == 200


def _claimed(letter: Letter, by: str, *, expired: bool) -> None:
    requested = get("/intake/review").body["letters"]
    assert requested
    late = timedelta(days=-1 if expired else 3650)
    DeskStore(INTAKE).claim(letter, Claim(by, letter.since + CLAIM_LASTS + late))


# -- the queue --

REJECTED = {"reason": "advertising", "version": 3}


def test_the_queue_is_filtered_and_counted() -> None:
    first, second = furnish("L L", (UNKNOWN, UNKNOWN))
    post(first, "kind", {"kind": "kesb", "version": 3})
    post(second, "claim", staff=COLLEAGUE)

    def seen(query: dict[str, str]) -> list[str]:
        letters = get("/intake/review", query).body["letters"]
        assert isinstance(letters, list)
        return [letter["letter_id"] for letter in letters]

    assert seen({"kind": "kesb"}) == [first.letter_id]
    assert seen({"claimed": "others"}) == [second.letter_id]
    assert seen({"claimed": "free", "urgent": "true"}) == [first.letter_id]
    assert seen({"claimed": "mine"}) == seen({"urgent": "false"}) == seen({"batch": "f" * 32}) == []
    assert seen({"reason": "identify.nothing_found", "batch": BATCH_ID}) == [second.letter_id, first.letter_id]
    counts = get("/intake/review", {"kind": "kesb"}).body["counts"]
    assert isinstance(counts, dict)
    assert {name: counts[name] for name in ("waiting", "urgent", "mine", "free", "others", "complete")} == {
        "waiting": 2,
        "urgent": 2,
        "mine": 0,
        "free": 1,
        "others": 1,
        "complete": True,
    }
    assert [(one["kind"], one["text"]) for one in counts["kinds"]] == [("bill", "Rechnung"), ("kesb", "KESB")]


@pytest.mark.parametrize("query", [{"kind": "<b>"}, {"reason": "<script>"}, {"claimed": "x"}, {"batch": "1"}])
def test_a_filter_nobody_knows_is_refused(query: dict[str, str]) -> None:
    assert get("/intake/review", query).status == 422


# -- split, merge, blanks --


def test_a_letter_is_taken_apart_and_each_part_goes_its_own_way() -> None:
    (letter,) = furnish()

    answer = post(letter, "split", {"first_pages": [3, 2], "version": 3})
    assert (answer.status, answer.body["state"]) == (202, "rearranging")
    assert fates() == {"review": 3}
    Pipeline(deliveries=2).run()

    old = now_is(letter)
    parts = [now_is(letter_id) for letter_id in old.replaced_by]
    assert old.state is LetterState.REPLACED
    assert [part.pages for part in parts] == [(1,), (2,), (3,)]
    assert [part.state for part in parts] == [LetterState.REVIEW, LetterState.FILED, LetterState.REVIEW]
    assert parts[1].dossier_id == OPEN
    assert [part.made_from for part in parts] == [(letter.letter_id,)] * 3
    assert fates() == {"review": 2, "filed": 1}
    assert _hashes(parts) == _hashes([letter], (1, 2, 3))


def test_what_was_taken_apart_is_put_together_again_as_a_new_letter() -> None:
    (letter,) = furnish(texts=(UNKNOWN,) * 3)
    post(letter, "split", {"first_pages": [2], "version": 3})
    Pipeline().run()
    first, second = (now_is(letter_id) for letter_id in now_is(letter).replaced_by)

    merged = post(first, "merge", {"others": [_other(second)], **version(first)})
    Pipeline().run()

    assert merged.status == 202
    (whole,) = {now_is(part).replaced_by for part in (first, second)}
    again = now_is(whole[0])
    assert (again.pages, again.state) == ((1, 2, 3), LetterState.REVIEW)
    assert again.letter_id != letter.letter_id
    assert _hashes([again], (1, 2, 3)) == _hashes([letter], (1, 2, 3))
    assert fates() == {"review": 3}


def test_letters_of_different_batches_stay_apart() -> None:
    (letter,) = furnish()
    foreign = waiting((1,), [UNKNOWN], batch_id="f" * 32)

    answer = post(letter, "merge", {"others": [_other(foreign)], "version": 3})

    assert (answer.status, answer.problem) == (409, "merge_across_batches")
    assert "desselben Stapels" in str(answer.body["detail"])
    assert now_is(letter).state is LetterState.REVIEW


def test_a_letter_is_not_merged_with_itself() -> None:
    (letter,) = furnish()

    answer = post(letter, "merge", {"others": [_other(letter)], "version": 3})

    assert (answer.status, answer.wrong_fields) == (422, ["body.others"])


def test_a_merge_needs_all_letters_as_they_were_seen_and_unclaimed() -> None:
    first, second = furnish("L L", (UNKNOWN, UNKNOWN))
    stale = {"others": [{**_other(second), "version": 2}], "version": 3}
    assert post(first, "merge", stale).problem == "letter_changed"
    post(second, "claim", staff=COLLEAGUE)

    assert post(first, "merge", {"others": [_other(second)], "version": 3}).problem == "letter_claimed"
    assert now_is(first).state is now_is(second).state is LetterState.REVIEW


def test_blank_pages_leave_the_letter_and_can_be_brought_back() -> None:
    (letter,) = furnish(texts=(UNKNOWN,) * 3)

    post(letter, "blanks", {"pages": [2], "version": 3})
    Pipeline().run()

    kept, blank = (now_is(letter_id) for letter_id in now_is(letter).replaced_by)
    assert (kept.pages, blank.pages, blank.state) == ((1, 3), (2,), LetterState.BLANK)
    assert fates() == {"review": 2, "blank": 1}
    assert get(f"/intake/batches/{BATCH_ID}").body["pages"][1] == {  # type: ignore[index]
        "page": 2,
        "fate": "blank",
        "reason": f"Als leer bezeichnet durch {MAILROOM}",
        "letter_id": blank.letter_id,
    }
    assert post(blank, "undo", version(blank)).body["state"] == "review"
    assert fates() == {"review": 3}


def test_a_letter_all_of_whose_pages_are_blank_is_set_aside_as_it_is() -> None:
    (letter,) = furnish()

    assert post(letter, "blanks", {"pages": [1, 2, 3], "version": 3}).body["state"] == "blank"
    assert fates() == {"blank": 3}


@pytest.mark.parametrize(
    ("what", "body"),
    [
        ("split", {"first_pages": [4]}),
        ("split", {"first_pages": [1]}),
        ("split", {"first_pages": []}),
        ("split", {"first_pages": ["<script>"]}),
        ("blanks", {"pages": [4]}),
        ("blanks", {"pages": [0]}),
        ("turns", {"turns": [{"page": 4, "clockwise": 90}]}),
        ("turns", {"turns": [{"page": 1, "clockwise": 45}]}),
        ("kind", {"kind": "<b>bill</b>"}),
        ("rejection", {"reason": "no reason"}),
        ("rescan", {"reason": ""}),
        ("merge", {"others": []}),
    ],
)
def test_what_cannot_be_meant_is_refused_and_changes_nothing(what: str, body: dict[str, object]) -> None:
    (letter,) = furnish()
    before = rows(INTAKE)

    assert post(letter, what, {**body, "version": 3}).status == 422
    assert rows(INTAKE) == before


# -- pages --


def test_pages_are_pictured_when_a_letter_comes_to_people_and_turned_as_they_say() -> None:
    (letter,) = furnish("L", (UNKNOWN,))
    Pipeline().run()
    upright = _picture(letter)

    answer = post(letter, "turns", {"turns": [{"page": 1, "clockwise": 90}], "version": 3})
    assert (answer.status, answer.body["state"]) == (202, "cut")
    assert fates() == {"review": 1}
    Pipeline().run()

    turned = now_is(letter)
    assert (turned.state, turned.turns) == (LetterState.REVIEW, (PageTurn(1, 90),))
    assert _picture(turned).size == upright.size[::-1]


def test_only_pages_there_are_and_letters_that_wait_are_shown() -> None:
    (letter,) = furnish("L", (UNKNOWN,))

    assert get(f"/intake/letters/{letter.letter_id}/pages/2/image").problem == "unknown_page"
    assert get(f"/intake/letters/{letter.letter_id}/pages/0/image").status == 422
    post(letter, "rejection", REJECTED)
    assert get(f"/intake/letters/{letter.letter_id}/pages/1/image").problem == "letter_not_in_review"


def _picture(letter: Letter) -> Image.Image:
    url = str(get(f"/intake/letters/{letter.letter_id}/pages/1/image").body["url"])
    key = "letters/" + urlsplit(url).path.split("/letters/")[1]
    return Image.open(io.BytesIO(letter_file(key)))


# -- other decisions --


def test_a_rejected_letter_has_its_fate_and_comes_back_with_the_reasons_it_had() -> None:
    (letter,) = furnish()

    post(letter, "rejection", REJECTED)
    assert fates() == {"rejected": 3}
    assert get("/intake/review").body["letters"] == []
    answer = post(letter, "undo", {"version": 4}, COLLEAGUE)

    assert (answer.status, answer.body["state"]) == (202, "review")
    back = now_is(letter)
    assert [reason.code for reason in back.reasons] == ["review.undone", "identify.nothing_found"]
    assert fates() == {"review": 3}


@pytest.mark.parametrize("in_time", [True, False])
def test_a_decision_taken_back_is_filed_only_if_that_has_happened_before(in_time: bool) -> None:
    (letter,) = furnish("L", (UNKNOWN,))
    assigned = post(letter, "assignment", {"dossier_id": OPEN, "version": 3})
    undone = post(letter, "undo", {"version": assigned.body["version"]})
    assert (undone.status, undone.body["state"]) == (202, "recalled")
    stage = Pipeline(deliveries=2)
    stage.drain_streams()
    filing = take("file")
    assert len(filing) == 4

    send("file", *(reversed(filing) if in_time else filing))
    stage.run()

    filed = [row for row in rows(DOSSIERS) if row.get("entity") == "document"]
    assert now_is(letter).state is (LetterState.REVIEW if in_time else LetterState.FILED)
    assert (len(filed), fates()) == ((0, {"review": 1}) if in_time else (1, {"filed": 1}))
    if in_time:
        post(letter, "assignment", {"dossier_id": OPEN, **version(now_is(letter))})
        stage.run()
        assert now_is(letter).state is LetterState.FILED


@pytest.mark.parametrize("seen", ["as it was decided", "as it is filed"])
def test_what_lies_in_a_dossier_is_moved_there_and_not_undone_here(seen: str) -> None:
    (letter,) = furnish("L", (UNKNOWN,))
    decided = post(letter, "assignment", {"dossier_id": OPEN, "version": 3}).body["version"]
    Pipeline().run()

    answer = post(letter, "undo", {"version": decided} if seen == "as it was decided" else version(now_is(letter)))

    assert (answer.status, answer.problem) == (409, "letter_filed")
    assert "verschieben" in str(answer.body["detail"])


def test_nothing_is_undone_where_nobody_decided() -> None:
    (letter,) = furnish()

    assert post(letter, "undo", version(letter)).problem == "nothing_to_undo"
    post(letter, "split", {"first_pages": [2], "version": 3})
    assert [post(letter, "undo", {"version": seen}).problem for seen in (3, 4)] == ["letter_replaced"] * 2


def test_every_decision_sent_twice_is_one() -> None:
    decisions: list[tuple[str, dict[str, object]]] = [
        ("kind", {"kind": "kesb"}),
        ("turns", {"turns": [{"page": 1, "clockwise": 90}]}),
        ("rejection", {"reason": "advertising"}),
        ("rescan", {"reason": "cut_off"}),
        ("split", {"first_pages": [2]}),
        ("blanks", {"pages": [1]}),
        ("blanks", {"pages": [1, 2]}),
    ]
    letters = furnish("LL " * len(decisions), (UNKNOWN,) * 2 * len(decisions))
    for letter, (what, body) in zip(letters, decisions, strict=True):
        first = post(letter, what, {**body, "version": 3})
        assert post(letter, what, {**body, "version": 3}).body == first.body, what
        assert post(letter, what, {**body, "version": 3}, COLLEAGUE).problem == "letter_changed", what
        assert now_is(letter).version == 4


def test_a_letter_tells_its_biography() -> None:
    (letter,) = furnish()
    post(letter, "kind", {"kind": "kesb", "version": 3})
    post(letter, "rejection", {"reason": "not_ours", "version": 4})

    told = get(f"/intake/letters/{letter.letter_id}").body

    history = told["history"]
    assert isinstance(history, list)
    assert [(line["state"], line["by"]) for line in history[2:]] == [
        ("review", "machine"),
        ("review", MAILROOM),
        ("rejected", MAILROOM),
    ]
    assert history[4]["text"] == f"Nicht für uns bestimmt, zurückgewiesen durch {MAILROOM}"
    assert not {"sender", "subject"} & set(told)


def test_candidates_come_with_evidence_and_the_names_of_the_dossier() -> None:
    text = ("Anna Muster", "Wir bitten um einen Termin in dieser Sache.")
    (letter,) = furnish("L", (text,))
    post(letter, "turns", {"turns": [{"page": 1, "clockwise": 0}], "version": 3})
    Pipeline().run()

    candidates = get(f"/intake/review/{letter.letter_id}").body["candidates"]

    assert isinstance(candidates, list)
    assert OPEN in [candidate["dossier_id"] for candidate in candidates]
    assert all("P-000001" in candidate["evidence"][0] for candidate in candidates)
    assert candidates[0]["persons"] == [{"person_id": "P-000001", "name": "Muster Anna", "birth_date": None}]


def test_a_sealed_dossier_is_in_question_for_nobody_who_may_not_see_it() -> None:
    furnish("L")
    reasons = now_is(a_letter((1,)).letter_id).reasons
    named = Seal(OPEN, (CASE_WORKER,), "Angehörige einer Mitarbeiterin", CASE_WORKER, WAITED_SINCE, 1)
    RegisterStore(REGISTER).access.decide(named)

    listed: Any = get("/intake/review").body["letters"]
    shown: Any = get(f"/intake/review/{a_letter((1,)).letter_id}").body

    assert (listed[0]["candidates"], shown["candidates"], shown["letter"]["candidates"]) == ([], [], [])
    assert len(shown["letter"]["reasons"]) == len(reasons)


# -- new scans --


def test_a_new_scan_takes_the_place_of_the_old_one() -> None:
    (letter,) = furnish("LL", (UNKNOWN, UNKNOWN))
    post(letter, "rescan", {"reason": "cut_off", "version": 3})
    (order,) = _orders()
    assert (order["pages"], order["reason"]) == ([1, 2], "Text ist abgeschnitten")
    assert fates() == {"review": 2}

    Pipeline().drop("neu.pdf", _rescan(str(order["rescan_id"])))
    Pipeline(deliveries=2).run()

    old = now_is(letter)
    assert old.state is LetterState.REPLACED
    new = now_is(old.replaced_by[0])
    assert (new.rescan, new.state, new.dossier_id) == (order["rescan_id"], LetterState.FILED, OPEN)
    assert fates() == {"rejected": 2}
    assert _orders() == []
    told = get(f"/intake/letters/{letter.letter_id}").body
    assert told["replaced_by"] == [new.letter_id]


def test_a_new_scan_for_an_old_dossier_stays_one_whichever_bucket_it_came_through() -> None:
    put_register(*register())
    letter = waiting((1,), (UNKNOWN,), lane=Lane.BACKFILE, section=Section.HEALTH)
    post(letter, "rescan", {"reason": "cut_off", "version": 3})
    stage = Pipeline(deliveries=2)

    stage.drop("neu.pdf", _rescan(str(_orders()[0]["rescan_id"])))
    while stage.round(("scans",)):
        pass

    new = now_is(now_is(letter).replaced_by[0])
    assert (new.state, new.lane, new.section) == (LetterState.CUT, Lane.BACKFILE, Section.HEALTH)
    assert take("read") == []
    stage.run()
    assert "backfile.no_cover" in [reason.code for reason in now_is(new).reasons]


def test_a_new_scan_nobody_waits_for_goes_to_a_person() -> None:
    (letter,) = furnish("L", (UNKNOWN,))
    post(letter, "rescan", {"reason": "illegible", "version": 3})
    (order,) = _orders()
    post(letter, "undo", {"version": 4})
    assert _orders() == []

    Pipeline().drop("neu.pdf", _rescan(str(order["rescan_id"])))
    Pipeline().run()

    assert now_is(letter).state is LetterState.REVIEW
    (new,) = [row for row in rows(INTAKE) if row.get("rescan")]
    assert new["state"] == "review"
    assert "rescan.unexpected" in str(new["reasons"])


def _orders() -> list[dict[str, object]]:
    orders = get("/intake/rescans").body["orders"]
    assert isinstance(orders, list)
    return orders


def _rescan(rescan_id: str) -> bytes:
    """What the scanning centre sends: the sheet with the order's code, then the letter."""
    sheet = separator(rescan_code(rescan_id), "QRCode", dpi=150)
    pdf = PdfBytes()
    pdf.add_image_page(Placed(jpeg(sheet, CLEAN.quality), sheet.size), A4_POINTS)
    pdf.add_text_page(list(KNOWN))
    return pdf.finish()


def _other(letter: Letter) -> dict[str, object]:
    return {"letter_id": letter.letter_id, "version": letter.version}


def _hashes(letters: list[Letter], pages: tuple[int, ...] = (1,)) -> list[PageHashes]:
    """What the pages of the letters are made of, from the stored records."""
    found = []
    with TemporaryDirectory() as folder:
        for letter in letters:
            path = Path(folder) / "record.pdf"
            path.write_bytes(letter_file(letter.original.key, letter.original.version_id))
            found += page_stream_hashes(path, pages)
    return found
