"""One credit: what the bank told of it, what it may be, and who said what it is. Pure."""

from __future__ import annotations

import json
from collections.abc import Set

from sozialakte.payments.incoming_money import WAITING, MoneyState
from sozialakte.payments.money_answers import Fate, MoneyActAnswer, MoneyAnswer
from sozialakte.payments.views.bills_seen import Bills
from sozialakte.payments.views.books_parts import Area, Deed, back, deed_form, facts, framed, obstacle, part
from sozialakte.payments.views.claims_seen import ClaimsSeen, shown_reference
from sozialakte.payments.views.orders import field, reason_field, submit
from sozialakte.payments.views.words import grouped, money
from sozialakte.shared.access import Role
from sozialakte.shared.markup import Html, join, tag
from sozialakte.shared.page_words import day, moment, words


def credit_view(one: MoneyAnswer, claims: ClaimsSeen, roles: Set[Role], bills: Bills | None = None) -> Html:
    """The credit. ``bills``: those whose payment came back in it."""
    return framed(
        Area.MONEY,
        roles,
        title_of(one),
        back(Area.MONEY, words("books.back_to_money", state=words(f"books.money.{_listed(one)}")), _query(one)),
        tag("p", tag("strong", one.state_name), _paid(one, claims), class_="standing"),
        _facts(one),
        _question(one, claims),
        _inside(one, bills or Bills()),
        _acts(one, claims),
    )


def title_of(one: MoneyAnswer) -> str:
    """How much from whom."""
    payer = one.payer or words("books.no_payer")
    return words("books.credit", amount=money(one.amount, one.currency), payer=payer)


def _listed(one: MoneyAnswer) -> MoneyState:
    """The list it stands in; what the bank told one by one stands in none."""
    return MoneyState.UNMATCHED if one.state is MoneyState.DIVIDED else one.state


def _query(one: MoneyAnswer) -> str:
    return f"?state={_listed(one)}"


def _paid(one: MoneyAnswer, claims: ClaimsSeen) -> str | None:
    return f" · {claims.named(one.claim)}" if one.claim else None


def _facts(one: MoneyAnswer) -> Html:
    return facts(
        (words("books.column.sum"), money(one.amount, one.currency)),
        (words("books.column.booked_on"), day(one.booked_on) if one.booked_on else words("books.no_day")),
        (words("books.fact.account"), grouped(one.account)),
        (words("books.column.payer"), one.payer),
        (words("books.fact.payer_iban"), grouped(one.payer_iban)),
        (words("books.fact.reference"), shown_reference(one.reference)),
        (words("books.fact.text"), one.text),
    )


def _question(one: MoneyAnswer, claims: ClaimsSeen) -> Html:
    title = words("books.what_is_it" if one.state in WAITING else "books.decide_anew")
    if one.hidden:
        return part("question", title, obstacle(one.hidden))
    if one.state is MoneyState.DIVIDED:
        return part("question", title, obstacle(words("books.is_divided")))
    return part("question", title, _known(one, claims), _other_claim(one))


def _inside(one: MoneyAnswer, bills: Bills) -> Html | None:
    """The way to what the bank told one by one."""
    back = [tag("li", words("books.came_back"), " ", bills.link(bill)) for bill in one.bills]
    inside = [
        tag("li", tag("a", words("books.credit_inside", number=str(number)), href=f"#money/{money_id}"))
        for number, money_id in enumerate(one.parts, 1)
    ]
    if not back and not inside:
        return None
    return part("inside", words("books.inside"), tag("ul", *back, *inside, class_="plain"))


def _known(one: MoneyAnswer, claims: ClaimsSeen) -> Html:
    """Reason first, then what it is: a button for each claim it may pay, and for what is no matter of claims."""
    pays = [
        submit(
            words("books.pays", claim=claims.named(reference)),
            class_="main-choice",
            data_body=_body(Fate.CLAIM, reference),
        )
        for reference in one.proposals
        if reference != one.claim
    ]
    others = [
        submit(words(f"books.fate_now.{fate}"), data_body=_body(fate))
        for fate in (Fate.PAID_BACK, Fate.BOOKED_ELSEWHERE)
        if fate != str(one.state)
    ]
    why = reason_field("why", words("books.why_so"), "")
    return deed_form(_deed(one), _no_default(), why, tag("div", *pays, *others, class_="pays"))


def _no_default() -> Html:
    """Enter in a field presses a form's first button; a disabled one decides nothing."""
    return submit("", disabled=True, hidden=True)


def _other_claim(one: MoneyAnswer) -> Html:
    reference = field("claim", "claim", words("books.field.claim"), required=True, maxlength=50)
    why = reason_field("why-claim", words("books.why_so"), "")
    deed = _deed(one, fate=str(Fate.CLAIM))
    form = deed_form(deed, reference, why, submit(words("books.pays_it")))
    return tag("div", tag("h4", words("books.other_claim")), form, class_="other")


def _body(fate: Fate, claim: str | None = None) -> str:
    """What the pressed button adds to the request."""
    return json.dumps({"fate": fate, "claim": claim} if claim else {"fate": fate})


def _deed(one: MoneyAnswer, **more: str) -> Deed:
    path = f"/payments/money/{one.money_id}/assignment"
    return Deed(path, {"version": one.version, **more}, words("books.done.assigned"), goes=f"money{_query(one)}")


def _acts(one: MoneyAnswer, claims: ClaimsSeen) -> Html | None:
    if not one.acts:
        return None
    told = [tag("li", _act(act, claims)) for act in one.acts]
    return part("acts-title", words("bills.acts"), tag("ol", *told, class_="plain"))


def _act(act: MoneyActAnswer, claims: ClaimsSeen) -> Html:
    said = f"{moment(act.at)} · {words('bills.act', what=act.state_name, by=act.by)}"
    claim = f" · {claims.named(act.claim)}" if act.claim else None
    return join([said, claim, f": {act.reason}" if act.reason else None])
