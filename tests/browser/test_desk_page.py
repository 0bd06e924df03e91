"""The review desk in a real browser: by keyboard alone, readable for everybody, honest about who decided what."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from sozialakte.intake.letter import LetterState
from tests.aws import LETTERS, REGION
from tests.batches import OPEN, OTHER
from tests.browser.desk import Desk
from tests.browser.morning import HOSTILE, furnish
from tests.desk import now_is, post

STORAGE = f"https://s3.{REGION}.amazonaws.com/{LETTERS}/"


def test_one_key_assigns_the_letter_and_opens_the_next(desk: Desk) -> None:
    morning = furnish()

    desk.open().opened(morning.bill).press("1").opened(morning.demand)

    assert now_is(morning.bill).state is LetterState.IDENTIFIED
    assert now_is(morning.bill).dossier_id == OPEN
    assert now_is(morning.bill).decided_by == desk.town.who
    assert desk.text("#status") == f"Dem Dossier {OPEN} zugeteilt."
    assert desk.focused() == "letter-title"
    assert desk.page.locator("[data-open]").count() == 2


def test_a_key_pressed_twice_decides_about_one_letter(desk: Desk) -> None:
    morning = furnish()

    desk.open().opened(morning.bill).press("1", "1").opened(morning.demand)

    assert now_is(morning.bill).dossier_id == OPEN
    assert now_is(morning.demand).state is LetterState.REVIEW
    assert desk.text("#problem") == ""


def test_every_screen_is_readable_for_everybody(desk: Desk) -> None:
    morning = furnish()
    desk.page.goto(f"{desk.town.url}/desk")
    assert desk.violations("1-signed-out") == []

    desk.open().opened(morning.bill)
    assert desk.violations("2-letter") == []

    desk.press("?")
    expect(desk.page.locator("#help-text")).to_be_visible()
    assert desk.violations("3-help") == []

    desk.press("Escape", "g")
    assert desk.violations("4-zoomed") == []


def test_a_conflict_is_readable_and_says_who_decided_what(desk: Desk) -> None:
    morning = furnish()
    desk.open().opened(morning.bill)
    post(morning.bill, "assignment", {"dossier_id": OTHER, "version": morning.bill.version}, staff="ma-777")

    desk.press("1")

    expect(desk.page.locator("#problem")).to_contain_text("ma-777")
    expect(desk.page.locator("#problem")).to_contain_text(f"Dem Dossier {OTHER} zugeteilt durch ma-777")
    assert now_is(morning.bill).dossier_id == OTHER
    assert desk.violations("5-conflict") == []


def test_a_letter_decided_by_others_is_not_opened_but_explained(desk: Desk) -> None:
    morning = furnish()
    desk.open().opened(morning.bill)
    post(morning.demand, "assignment", {"dossier_id": OTHER, "version": morning.demand.version}, staff="ma-777")

    desk.press("j")

    expect(desk.page.locator("#problem")).to_contain_text("schon von ma-777 entschieden")
    expect(desk.page.locator("#problem")).to_contain_text("Zuletzt:")
    desk.press("l")
    expect(desk.page.locator("[data-open]")).to_have_count(2)
    expect(desk.page.locator("#problem")).to_be_empty()


def test_the_last_letter_leaves_an_empty_desk(desk: Desk) -> None:
    morning = furnish()
    desk.open().opened(morning.bill).press("1").opened(morning.demand).press("1").opened(morning.hostile)

    desk.press("o", "Tab", "Enter")

    expect(desk.page.locator("#queue")).to_contain_text("Alles erledigt")
    assert now_is(morning.hostile).state is LetterState.FORWARDED
    assert desk.focused() == "queue-title"
    assert desk.violations("6-empty") == []


def test_a_decision_is_taken_back_with_one_key(desk: Desk) -> None:
    morning = furnish()
    desk.open().opened(morning.bill).press("o", "Tab", "Enter").opened(morning.demand)

    desk.press("z").opened(morning.bill)

    assert now_is(morning.bill).state is LetterState.REVIEW
    assert desk.text("#status") == "Zurückgenommen."


def test_texts_of_letters_stay_texts(desk: Desk) -> None:
    morning = furnish()

    desk.open(morning.hostile).opened(morning.hostile)

    assert desk.text("#letter-title") == HOSTILE
    assert desk.page.title() == "Briefe prüfen"
    assert desk.page.locator("article img").count() == 1, "the picture of the page only"
    assert desk.violations("7-hostile") == []


def test_pages_are_turned_and_left_through_by_keys(desk: Desk) -> None:
    morning = furnish()
    desk.open().opened(morning.bill)

    desk.press("ArrowRight")
    expect(desk.page.locator("#page")).to_have_attribute("alt", "Seite 2 von 3")
    desk.press("r", "r", "u")

    expect(desk.page.locator("#status")).to_contain_text("Gedreht")
    assert [(turn.page, turn.clockwise) for turn in now_is(morning.bill).turns] == [(2, 180)]


def test_a_page_begins_a_new_letter(desk: Desk) -> None:
    morning = furnish()

    desk.open().opened(morning.bill).press("t")
    assert now_is(morning.bill) == morning.bill, "the first page begins this letter"
    desk.press("ArrowRight", "t").opened(morning.demand)

    rearrangement = now_is(morning.bill).rearrangement
    assert rearrangement is not None
    assert [part.pages for part in rearrangement.parts] == [(1,), (2, 3)]


def test_marked_letters_are_merged(desk: Desk) -> None:
    morning = furnish()
    desk.open().opened(morning.bill)

    desk.page.locator(f'input[value="{morning.demand.letter_id}"]').focus()
    desk.press("Space", "m").opened(morning.hostile)

    rearrangement = now_is(morning.bill).rearrangement
    assert rearrangement is not None
    assert rearrangement.sources == (morning.bill.letter_id, morning.demand.letter_id)


def test_keys_go_through_the_queue(desk: Desk) -> None:
    morning = furnish()
    desk.open().opened(morning.bill)

    desk.press("j").opened(morning.demand).press("j").opened(morning.hostile).press("k").opened(morning.demand)

    assert desk.page.locator("[aria-current=true]").get_attribute("data-open") == morning.demand.letter_id


def test_what_is_typed_decides_nothing(desk: Desk) -> None:
    morning = furnish()
    desk.open().opened(morning.bill)

    desk.press("d", "1", "b", "x", "Escape")
    assert now_is(morning.bill).version == morning.bill.version
    assert desk.focused() == "letter-title"

    desk.press("?")
    desk.page.locator("#keys-on").uncheck()
    desk.press("Escape", "1")
    assert now_is(morning.bill).version == morning.bill.version, "single keys can be switched off (WCAG 2.1.4)"


def test_a_letter_goes_into_a_dossier_the_machine_did_not_think_of(desk: Desk) -> None:
    morning = furnish()
    desk.open(morning.hostile).opened(morning.hostile).press("d")
    desk.page.keyboard.type(OTHER)

    desk.press("Enter").opened(morning.bill)

    assert now_is(morning.hostile).dossier_id == OTHER


def test_an_unknown_dossier_is_refused_in_words(desk: Desk) -> None:
    morning = furnish()
    desk.open(morning.hostile).opened(morning.hostile).press("d")
    desk.page.keyboard.type("SH-2026-99999")

    desk.press("Enter")

    expect(desk.page.locator("#problem")).to_contain_text("Dossier")
    assert now_is(morning.hostile).state is LetterState.REVIEW


def test_a_claim_is_taken_and_seen_by_others(desk: Desk) -> None:
    morning = furnish()
    desk.open().opened(morning.bill).press("c")

    expect(desk.page.locator(".claim")).to_contain_text("Sie haben den Brief in Arbeit")
    assert now_is(morning.bill).claim is not None
    refused = post(morning.bill, "forwarding", {"destination": "new_case", "version": morning.bill.version}, "ma-888")
    assert refused.problem == "letter_claimed"
    desk.press("c")
    expect(desk.page.locator(".claim")).to_have_count(0)
    assert now_is(morning.bill).claim is None


def test_an_expired_token_is_renewed_and_the_letter_is_open_again(desk: Desk) -> None:
    morning = furnish()
    desk.open().opened(morning.bill).press("j").opened(morning.demand)
    desk.town.valid = False

    with desk.page.expect_request("**/oauth2/authorize*"):
        desk.press("l")

    expect(desk.page.locator("#sign-out")).to_be_visible()
    desk.opened(morning.demand)
    assert len([one for one in desk.town.requests if "/oauth2/authorize" in one]) == 2


def test_a_code_that_nobody_here_asked_for_signs_nobody_in(desk: Desk) -> None:
    desk.page.goto(f"{desk.town.url}/desk?code=stolen&state=foreign")

    expect(desk.page.locator("#problem")).to_contain_text("Anmeldung ist nicht gelungen")
    assert desk.page.evaluate("sessionStorage.getItem('token')") is None
    assert not [one for one in desk.town.requests if "/oauth2/token" in one]


def test_the_token_is_in_no_cookie_and_no_address(desk: Desk) -> None:
    morning = furnish()
    desk.open().opened(morning.bill)

    assert desk.page.context.cookies() == []
    assert "code=" not in desk.page.url
    assert not [one for one in desk.town.requests if "token-of" in one]


def test_a_picture_that_is_not_ready_is_said(desk: Desk) -> None:
    morning = furnish()
    desk.page.route("**/page-0002-0.jpg*", lambda route: route.fulfill(status=404))

    desk.open().opened(morning.bill).press("ArrowRight")

    expect(desk.page.locator("#picture-waits")).to_be_visible()


@pytest.mark.parametrize("width", [320, 720], ids=["phone, or 400 % zoom", "200 % zoom"])
def test_nothing_is_cut_off_in_a_narrow_window(desk: Desk, width: int) -> None:
    desk.page.set_viewport_size({"width": width, "height": 800})
    morning = furnish()

    desk.open(morning.hostile).opened(morning.hostile)

    assert desk.page.evaluate("document.documentElement.scrollWidth") <= width
    assert desk.violations(f"8-narrow-{width}") == []


def test_filters_keep_the_focus(desk: Desk) -> None:
    morning = furnish()
    desk.open().opened(morning.bill)

    desk.page.locator("#filter-kind").select_option("reminder")
    expect(desk.page.locator("[data-open]")).to_have_count(1)
    desk.page.locator("#filter-urgent").check()

    expect(desk.page.locator("#queue")).to_contain_text("Kein Brief entspricht der Auswahl.")
    assert desk.focused() == "filter-urgent"
    assert desk.violations("9-nothing-fits") == []


def test_candidates_say_what_the_dossier_is_about(desk: Desk) -> None:
    morning = furnish()

    desk.open().opened(morning.bill)

    assert "Wirtschaftliche Sozialhilfe" in desk.text(".candidates > li:first-child")


def test_the_original_opens_with_one_key(desk: Desk) -> None:
    morning = furnish()
    desk.page.context.route(f"{STORAGE}**", lambda route: route.fulfill(body="a PDF", content_type="text/plain"))
    desk.open().opened(morning.bill)

    with desk.page.context.expect_page() as opened:
        desk.press("p")

    assert opened.value.url.startswith(f"{STORAGE}{morning.bill.original.key}?")
    assert opened.value.evaluate("window.opener") is None
    assert desk.focused() == "letter-title"


def test_the_queue_is_narrowed_by_reason_and_by_batch(desk: Desk) -> None:
    morning = furnish()
    desk.open().opened(morning.bill)

    reasons = desk.page.locator("#filter-reason")
    expect(reasons.locator("option")).to_contain_text(["Alle", "Die Dossiernummer … steht ohne passenden"])
    reasons.select_option("identify.number_alone")
    expect(desk.page.locator("[data-open]")).to_have_count(1)
    assert desk.page.locator("[data-open]").get_attribute("data-open") == morning.demand.letter_id
    assert reasons.input_value() == "identify.number_alone"

    reasons.select_option("")
    expect(desk.page.locator("[data-open]")).to_have_count(3)
    desk.page.locator("#filter-batch").select_option(index=1)
    expect(desk.page.locator("#filter-batch option:checked")).to_contain_text("(3)")
    assert desk.page.locator("#filter-batch").input_value() == morning.bill.batch_id
    assert desk.violations("10-narrowed") == []


def test_what_was_forwarded_is_listed_and_taken_by_keys(desk: Desk) -> None:
    morning = furnish()
    post(morning.bill, "forwarding", {"destination": "other_office", "version": morning.bill.version})
    desk.open().opened(morning.demand)

    desk.press("v")
    assert desk.focused() == "filter-list"
    desk.page.locator("#filter-list").select_option("other_office")
    expect(desk.page.locator("#queue-title")).to_have_text("Weitergeleitet: Andere Stelle")
    expect(desk.page.locator("article")).to_have_count(0)
    assert desk.focused() == "filter-list", "somebody is choosing"
    desk.press("Escape", "j").opened(morning.bill)
    assert desk.violations("11-forwarded") == []

    desk.press("e")

    expect(desk.page.locator("#status")).to_have_text("Empfang bestätigt.")
    expect(desk.page.locator("#queue")).to_contain_text("kein Brief, dessen Empfang")
    expect(desk.page.locator("#undo")).to_be_hidden()
    assert now_is(morning.bill).taken_by == desk.town.who
    assert desk.violations("12-nothing-forwarded") == []
