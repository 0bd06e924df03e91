"""What the routes answer: one invoice with all that is to be known of it, the lists, the ledger, and conflicts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from functions.payments.api import handler
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.store import PaymentsStore
from sozialakte.payments.terms import Discount, Field, Where
from sozialakte.register import RegisterStore, Seal
from sozialakte.register.model import Absence
from sozialakte.shared.clock import zurich_date
from tests.approvals import (
    ANNA,
    BEAT,
    CARLA,
    CLIENT,
    DAY,
    DORA,
    DOSSIER,
    EMIL,
    OFFICE,
    WARDS,
    approving,
    furnish_office,
    registered,
    submitted,
)
from tests.aws import PAYMENTS, REGISTER, counted_calls, put_register
from tests.http_calls import SAMPLE, Answer, Call
from tests.invoice_calls import add_category
from tests.invoices import RECEIVED, TERMS

HTML = "<script>alert('Zürich')</script>"


@pytest.fixture(autouse=True)
def _office(aws: None) -> None:  # noqa: ARG001 (the tables)
    furnish_office()


def ask(path: str, staff: str = ANNA, role: str = "caseworker", body: object = None, **query: str) -> Answer:
    method = "GET" if body is None else "POST"
    return Call(method, f"/payments/{path}", staff, f"[{role}]", query or None, body).to(handler)


def ids(answer: Answer) -> list[str]:
    assert answer.status == 200, answer.body
    invoices: Any = answer.body["invoices"]
    return [invoice["invoice_id"] for invoice in invoices]


def test_an_invoice_shows_where_each_value_was_read_and_what_is_doubtful() -> None:
    read = {Field.IBAN: Where("qr", 2), Field.DUE: Where("text", 2, HTML)}
    first = registered(1, received_at=RECEIVED - timedelta(days=1))
    second = registered(2, replace(TERMS, read=read, message=HTML), unconfirmed=(Field.DUE,))

    answer = ask(f"invoices/{second.invoice_id}")

    assert answer.status == 200
    body: Any = answer.body
    fields = {field["field"]: field for field in body["fields"]}
    assert (fields["iban"]["value"], fields["iban"]["how"], fields["iban"]["page"]) == (TERMS.iban, "qr", 2)
    assert (fields["due"]["said"], fields["due"]["to_confirm"]) == (HTML, True)
    assert f"/bills/{second.invoice_id}.jpg" in body["picture"]
    assert (body["message"], [twin["invoice_id"] for twin in body["twins"]]) == (HTML, [first.invoice_id])
    assert "Vielleicht ein Doppel: Am 01.11.2026 kam schon eine Rechnung über CHF 1'450.00." in body["doubts"]
    assert [one["invoice_id"] for one in body["creditor"]["invoices"]] == [first.invoice_id]
    assert [one["state"] for one in body["creditor"]["ibans"]] == ["approved"]
    assert body["obstacles"]["approve"] == "Die Rechnung wartet nicht auf ein Visum."
    assert body["obstacles"]["enter"] is None


def test_a_creditors_invoices_for_other_dossiers_show_nothing_but_amounts() -> None:
    registered(1, dossier_id=WARDS)
    second = registered(2)

    body: Any = ask(f"invoices/{second.invoice_id}").body

    assert [(one["invoice_id"], one["same_dossier"], one["amount"]) for one in body["creditor"]["invoices"]] == [
        (None, False, "1450.00")
    ]


def test_it_says_why_i_cannot_approve() -> None:
    waiting = submitted(amount="20.00")

    body: Any = ask(f"invoices/{waiting.invoice_id}").body

    assert "Wer eine Rechnung erfasst hat" in body["obstacles"]["approve"]
    assert ask(f"invoices/{waiting.invoice_id}", BEAT).body["obstacles"]["approve"] is None  # type: ignore[index]


def test_a_bill_goes_from_the_office_to_its_approval() -> None:
    add_category()
    invoice = registered(dossier_id=None, team=None, unconfirmed=(Field.AMOUNT,))
    path = f"invoices/{invoice.invoice_id}"
    assert ids(ask("work", OFFICE, "accounting", of="office")) == [invoice.invoice_id]

    assert ask(f"{path}/dossier", OFFICE, "accounting", {"version": 1, "dossier_id": DOSSIER}).status == 200
    assert ids(ask("work", of="enter")) == [invoice.invoice_id]
    confirmed = {"version": 2, "confirmed": ["amount"], "invoice_number": HTML}
    assert ask(f"{path}/fields", body=confirmed).status == 200
    line = {"amount": "1450.00", "category": "21", "person_id": CLIENT}
    submission = {"version": 3, "accepted": "1450.00", "lines": [line]}
    assert ask(f"{path}/submission", body=submission).status == 200
    assert ids(ask("work", CARLA, "teamlead", of="teamlead")) == [invoice.invoice_id]
    done = ask(f"{path}/approval", CARLA, "teamlead", {"version": 4})

    assert done.body["invoice"]["state"] == "approved"  # type: ignore[index]
    assert PaymentsStore(PAYMENTS).get(invoice.invoice_id).state is InvoiceState.APPROVED
    assert ids(ask("work", CARLA, "teamlead", of="teamlead")) == []


def test_a_conflict_tells_who_did_what_and_a_broken_rule_why() -> None:
    waiting = submitted()
    path, seen = f"invoices/{waiting.invoice_id}", waiting.version
    approving(waiting, CARLA).send_back("Bitte anders")

    late = ask(f"{path}/approval", CARLA, "teamlead", {"version": seen})
    assert (late.status, late.problem, late.body["by"], late.body["what"]) == (
        409, "invoice_changed", CARLA, "zurückgewiesen",
    )  # fmt: skip
    assert late.body["version"] == seen + 1

    early = ask(f"{path}/approval", CARLA, "teamlead", {"version": seen + 1})
    assert (early.problem, early.body["rules"]) == ("invoice_rule", "approval.not_waiting")
    step = ask(f"{path}/reopening", body={"version": seen + 1, "reason": "So"})
    assert (step.status, step.problem) == (409, "invoice_step")


def test_the_lead_of_another_team_sees_what_waits_for_them_and_nothing_before() -> None:
    waiting = submitted(amount="6000.00")
    path = f"invoices/{waiting.invoice_id}"
    assert ask(path, DORA, "teamlead").status == 403
    assert ids(ask("work", DORA, "teamlead", of="other_teamlead")) == []

    approving(waiting, CARLA).approve()

    assert ids(ask("work", DORA, "teamlead", of="other_teamlead")) == [waiting.invoice_id]
    assert ids(ask("work", CARLA, "teamlead", of="other_teamlead")) == []
    assert ask(path, DORA, "teamlead").status == 200
    assert ask(path, EMIL).status == 403
    done = ask(f"{path}/approval", DORA, "teamlead", {"version": waiting.version + 1})
    assert done.status == 200


def test_sealed_dossiers_hide_their_invoices() -> None:
    invoice = registered()
    RegisterStore(REGISTER).access.decide(Seal(DOSSIER, (BEAT,), "Schutz der Person", CARLA, DAY, 1))

    assert ids(ask("work", of="enter")) == []
    assert ids(ask("work", BEAT, of="enter")) == [invoice.invoice_id]
    assert ids(ask("invoices", OFFICE, "accounting", state="open")) == []
    assert ask(f"invoices/{invoice.invoice_id}").status == 403
    elsewhere = registered(2, dossier_id=None, team=None)
    sealed = {"version": 1, "dossier_id": DOSSIER}
    refused = ask(f"invoices/{elsewhere.invoice_id}/dossier", OFFICE, "accounting", sealed)
    assert (refused.status, refused.wrong_fields) == (422, ["body.dossier_id"])


def test_lists_are_for_accounting_and_the_auditor_gets_no_contents() -> None:
    due = registered(1)
    late = registered(2, replace(TERMS, due=None, reference=None, invoice_number="2"))

    full = ask("invoices", OFFICE, "accounting", state="open")
    assert sorted(ids(full)) == sorted([due.invoice_id, late.invoice_id])
    proof: Any = ask("invoices", "ma-900", "auditor", state="open").body
    assert [one["creditor"] for one in proof["invoices"]] == [None, None]
    assert ids(ask("overdue", OFFICE, "accounting", until="2026-11-30")) == [due.invoice_id]
    assert ids(ask("discounts", OFFICE, "accounting")) == []
    assert sorted(ids(ask(f"dossiers/{DOSSIER}/invoices"))) == sorted([due.invoice_id, late.invoice_id])
    of_creditor = ask(f"creditors/{due.creditor_id}/invoices", OFFICE, "accounting")
    assert len(ids(of_creditor)) == 2


def test_a_lead_sees_what_hurries_in_the_own_team_and_a_deputy_that_of_the_absent_lead(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TEAM_LEADS", f"{CARLA} {DORA}")
    today = zurich_date(datetime.fromtimestamp(SAMPLE["requestContext"]["timeEpoch"] / 1000, UTC))
    put_register(Absence(CARLA, today, today))
    late = replace(TERMS, due=today - timedelta(days=1), discounts=(Discount(Decimal(2), today + timedelta(days=2)),))
    own, other = registered(1, late), registered(2, late, team="sued", dossier_id=WARDS)
    registered(3, replace(late, due=today, discounts=(Discount(Decimal(2), today + timedelta(days=6)),)))

    for hurries in ("overdue", "discounts"):
        with counted_calls() as calls:
            assert ids(ask("work", CARLA, "teamlead", of=hurries)) == [own.invoice_id]
        assert calls.count("Query") <= 2
        assert ids(ask("work", DORA, "teamlead", of=hurries)) == [other.invoice_id]
        assert ids(ask("work", BEAT, "caseworker", of=hurries, standing_in_for=CARLA)) == [own.invoice_id]
        assert ask("work", BEAT, "caseworker", of=hurries).status == 403
        assert ids(ask("work", "ma-999", "teamlead", of=hurries)) == [], "of no team: nothing, not everything"


def test_a_deputy_from_another_team_sends_back_and_lifts_warnings_in_the_place_of_an_absent_lead(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TEAM_LEADS", f"{CARLA} {DORA}")
    today = zurich_date(datetime.fromtimestamp(SAMPLE["requestContext"]["timeEpoch"] / 1000, UTC))
    put_register(Absence(DORA, today, today))
    waiting = approving(submitted(amount="6000.00"), CARLA).approve()
    path, body = f"invoices/{waiting.invoice_id}", {"version": waiting.version, "reason": "Zu hoch"}

    assert ask(path, EMIL, standing_in_for=DORA).status == 200
    for act, more in (("return", {}), ("twins", {"twin": "0" * 32}), ("iban", {"approves": True})):
        assert ask(f"{path}/{act}", EMIL, body=body | more).status == 403, act
    for act, more in (("twins", {"twin": "0" * 32}), ("iban", {"approves": True})):
        assert ask(f"{path}/{act}", EMIL, body=body | more | {"standing_in_for": DORA}).problem == "invoice_rule", act
    returned = ask(f"{path}/return", EMIL, body=body | {"standing_in_for": DORA})

    assert returned.status == 200
    last = PaymentsStore(PAYMENTS).get(waiting.invoice_id).last_act
    assert (last and last.by, last and last.standing_in_for) == (EMIL, DORA)


def test_the_ledger_proves_the_sum() -> None:
    registered(1)
    registered(2)
    answer = ask("ledger", OFFICE, "accounting")

    body: Any = answer.body
    assert body["proven"] is True
    assert [(month["received"], month["by_state"]) for month in body["months"]] == [(2, {"open": 2})]
    assert body["months"][0]["amounts"] == {"open": {"CHF": "2900"}}


@pytest.mark.parametrize(
    ("path", "query"),
    [("work", {"of": "enter"}), ("invoices", {"state": "open"}), ("overdue", {}), ("discounts", {})],
)
def test_a_list_is_one_query_of_the_invoices_however_many_there_are(path: str, query: dict[str, str]) -> None:
    for number in range(3):
        registered(number)
    who, role = (ANNA, "caseworker") if path == "work" else (OFFICE, "accounting")

    with counted_calls() as calls:
        ask(path, who, role, **query)

    assert calls.count("Query") == 1
    assert "Scan" not in calls


@pytest.mark.parametrize(
    ("name", "value", "wrong"),
    [
        ("amount", 12.5, "body.amount"),
        ("amount", "NaN", "body.amount"),
        ("amount", "1e3", "body.amount"),
        ("amount", "1.005", "body.amount"),
        ("iban", "CH44 3199 9123 0008 8901 3", "body.iban"),
        ("reference", "123", "body.reference"),
        ("invoice_number", "1\u202e2", "body.invoice_number"),
        ("due", "30.11.2026", "body.due"),
        ("confirmed", ["colour"], "body.confirmed.0"),
        ("payee_staff", "ma-999", "body.payee_staff"),
    ],
)
def test_what_nobody_can_mean_is_refused_by_name(name: str, value: object, wrong: str) -> None:
    invoice = registered()

    answer = ask(f"invoices/{invoice.invoice_id}/fields", body={"version": 1, name: value})

    assert (answer.status, answer.wrong_fields) == (422, [wrong])
    assert PaymentsStore(PAYMENTS).get(invoice.invoice_id) == invoice


def test_typed_values_are_stored_in_one_form_and_null_takes_away() -> None:
    invoice = registered()
    typed = {
        "version": 1,
        "iban": "ch56 0483 5012 3456 7800 9",
        "reference": None,
        "creditor": {"name": "Mu\u0308ller <b>AG</b>", "town": "Luzern"},
        "payee_staff": EMIL,
    }

    assert ask(f"invoices/{invoice.invoice_id}/fields", body=typed).status == 200

    after = PaymentsStore(PAYMENTS).get(invoice.invoice_id)
    terms = after.terms
    assert (terms.iban, terms.reference, terms.reference_type) == ("CH5604835012345678009", None, "NON")
    assert (terms.creditor.name, after.payee_staff) == ("Müller <b>AG</b>", EMIL)
    assert ask("invoices/" + "0" * 32 + "/approval", body={"version": 1}).status == 403
