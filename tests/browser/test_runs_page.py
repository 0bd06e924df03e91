"""Payment runs in a real browser: begun, checked, released by who may; conflicts in words; nobody's text is markup."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from sozialakte.payments.runs.run import RunState
from sozialakte.payments.runs.store import RunStore
from tests.aws import PAYMENTS
from tests.browser.books import Books
from tests.browser.payday import HOSTILE, furnish, now_is, run_of
from tests.pipeline import Pipeline
from tests.runs import CHECKER, MAKER, RELEASER, acting, check_sample

RELEASES = "[paymentrelease]"


def test_a_run_is_begun_and_shows_itself_when_its_order_book_is_ready(books: Books) -> None:
    furnish()
    books.sign_in_as(MAKER).open().titled("Zahlungsläufe").shows("Es gibt noch keinen Zahlungslauf.")
    assert books.violations("k1-no-runs") == []
    books.page.locator("#due-until").fill("2028-01-31")
    books.press_button("Lauf beginnen").shows("wird zusammengestellt")
    (run,) = RunStore(PAYMENTS).newest(10).runs
    books.titled(f"Zahlungslauf {run.run_id}")

    Pipeline().run()

    books.shows("in Prüfung").shows("6 Zahlungen, CHF 29'604.85")
    books.shows("Für die betreute Person ist kein Konto erfasst und freigegeben.")
    assert books.violations("k2-checking") == []
    assert books.page.get_by_role("button", name="Freigeben").count() == 0, "accounting does not release"
    books.shows("Freigeben kann, wer für die Zahlungsfreigabe zuständig ist.")


def test_the_sample_is_checked_payment_by_payment(books: Books) -> None:
    run = run_of(furnish())
    books.sign_in_as(CHECKER).open(f"runs/{run.run_id}").titled(f"Zahlungslauf {run.run_id}")
    count = len(run.sample)
    books.shows(f"0 von {count} geprüft").press("n")
    assert books.focused() == "next-payment"

    books.press_button("Richtig").shows(f"1 von {count} geprüft")
    assert books.focused() == "next-payment"
    books.page.locator("#wrong-0").fill("Betrag <b>falsch</b>")
    books.press("Enter").shows(f"2 von {count} geprüft").shows("Betrag <b>falsch</b>")

    results = [one.result for one in now_is(run).sample if one.result]
    assert sorted((one.right, one.by, one.reason) for one in results) == [
        (False, CHECKER, "Betrag <b>falsch</b>"), (True, CHECKER, None),
    ]  # fmt: skip
    expect(books.page.locator("#status")).to_contain_text("Beanstandet")
    assert books.violations("k3-sample") == []


def test_without_a_reason_nothing_is_wrong(books: Books) -> None:
    run = run_of(furnish())
    books.sign_in_as(CHECKER).open(f"runs/{run.run_id}").titled(f"Zahlungslauf {run.run_id}")

    books.press_button("Falsch")

    assert books.page.evaluate("document.querySelector('#wrong-0').validity.valueMissing")
    assert now_is(run) == run


def test_a_payment_opens_beside_its_run(books: Books) -> None:
    run = run_of(furnish())
    books.sign_in_as(CHECKER).open(f"runs/{run.run_id}").titled(f"Zahlungslauf {run.run_id}")

    with books.page.context.expect_page() as opened:
        books.page.locator("#next-payment a").press("Enter")

    expect(opened.value.locator("#bill-title")).to_be_visible()
    expect(opened.value.locator(f'article[data-bill="{run.sample[0].invoice_id}"]')).to_be_visible()


def test_whoever_may_release_reads_the_sum_and_releases(books: Books) -> None:
    run = run_of(furnish())
    books.sign_in_as(RELEASER, RELEASES).open(f"runs/{run.run_id}").shows("In der Stichprobe ungeprüft: 6.")
    assert books.page.get_by_role("button", name="Freigeben").count() == 0
    check_sample(run.run_id, CHECKER)
    books.press("l")
    assert books.page.get_by_role("button", name="Richtig").count() == 0, "who releases does not check"
    assert books.page.locator('#view a[href^="bills"]').count() == 0, "and reads no bills"
    books.shows("Freigeben: 6 Zahlungen, CHF 29'604.85")
    assert books.violations("k4-to-release") == []

    books.press_button("Freigeben: 6 Zahlungen, CHF 29'604.85").shows("Die Datei für die Bank wird geschrieben")
    expect(books.page.locator("#status")).to_have_text("Freigegeben. Die Zahlungsdatei wird geschrieben.")
    Pipeline().run()

    books.shows(f"{run.run_id}-1.xml").shows("Datei geschrieben")
    assert books.violations("k5-exported") == []
    done = now_is(run)
    assert (done.state, done.release.by if done.release else None) == (RunState.EXPORTED, RELEASER)


def test_who_was_faster_is_told_by_name(books: Books) -> None:
    run = run_of(furnish())
    check_sample(run.run_id, CHECKER)
    books.sign_in_as(RELEASER, RELEASES).open(f"runs/{run.run_id}").shows("Freigeben: 6 Zahlungen")
    acting(MAKER).cancel(run.run_id, now_is(run).version, "Falscher Tag")

    books.press_button("Freigeben: 6 Zahlungen, CHF 29'604.85")

    expect(books.page.locator("#problem")).to_contain_text(f"hat inzwischen {MAKER} gehandelt: abgebrochen")
    assert books.violations("k6-conflict") == []
    books.press("l").shows("Aus diesem Lauf wird nichts bezahlt.").shows("Falscher Tag")
    expect(books.page.locator("#problem")).to_be_empty()


def test_a_run_is_cancelled_with_a_reason(books: Books) -> None:
    run = run_of(furnish())
    books.sign_in_as(MAKER).open(f"runs/{run.run_id}").titled(f"Zahlungslauf {run.run_id}")
    books.page.locator("#cancel-reason").fill("Falscher Tag")

    books.press("Enter").shows("Aus diesem Lauf wird nichts bezahlt.")

    assert now_is(run).state is RunState.CANCELLED
    assert books.page.get_by_role("button", name="Lauf abbrechen").count() == 0


def test_the_auditor_sees_sums_and_decides_nothing(books: Books) -> None:
    run = run_of(furnish())

    books.sign_in_as("ma-900", "[auditor]").open().titled("Zahlungsläufe")
    assert books.page.locator("#view form, #view button").count() == 0
    books.page.get_by_role("link", name=run.run_id).press("Enter")
    books.titled(f"Zahlungslauf {run.run_id}")

    assert books.page.locator("#view form, #view button").count() == 0
    assert "Praxis" not in books.text("#view"), "who proves that all is there reads no creditors"
    assert books.violations("k7-auditor") == []


def test_names_of_creditors_stay_texts(books: Books) -> None:
    run = run_of(furnish())

    books.sign_in_as(CHECKER).open(f"runs/{run.run_id}").shows(HOSTILE)

    assert books.page.title() == "Buchhaltung"
    assert books.page.locator("#view img, #view script").count() == 0


def test_others_are_told_that_it_is_not_for_them(books: Books) -> None:
    books.sign_in_as("ma-201", "[caseworker]").open()

    expect(books.page.locator("#problem")).not_to_be_empty()
    assert books.text("#view") == ""


@pytest.mark.parametrize("width", [320, 720], ids=["phone, or 400 % zoom", "200 % zoom"])
def test_nothing_is_cut_off_in_a_narrow_window(books: Books, width: int) -> None:
    books.page.set_viewport_size({"width": width, "height": 800})
    run = run_of(furnish())

    books.sign_in_as(CHECKER).open(f"runs/{run.run_id}").titled(f"Zahlungslauf {run.run_id}")

    assert books.page.evaluate("document.documentElement.scrollWidth") <= width
    assert books.violations(f"k8-narrow-{width}") == []
