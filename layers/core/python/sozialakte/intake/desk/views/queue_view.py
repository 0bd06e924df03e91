"""The queue at the left of the review desk: what waits, filters, and letters to choose. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sozialakte.intake.desk.answers import QueueCounts, ReviewQueue
from sozialakte.intake.desk.queue import Held
from sozialakte.intake.desk.views.words import clock_time, day, kind_name, moment, pages_count, waited, words
from sozialakte.intake.letter import Destination
from sozialakte.intake.understanding.kind_words import Kind
from sozialakte.intake.waiting_answers import WaitingLetter
from sozialakte.shared.markup import Html, join, tag


@dataclass(frozen=True)
class Chosen:
    """The filters the page has set; they are shown as they are."""

    kind: Kind | None = None
    urgent: bool | None = None
    held: Held | None = None
    reason: str | None = None
    batch: str | None = None
    first_page: bool = True

    @property
    def narrows(self) -> bool:
        """Some letters may not be shown."""
        return any((self.kind, self.urgent, self.held, self.reason, self.batch))


def queue_view(queue: ReviewQueue, chosen: Chosen) -> Html:
    """The queue. Its letters are links to the letter view; the page's script opens them."""
    return join(
        [
            tag("h2", words("desk.queue"), id="queue-title", tabindex=-1),
            tag("p", _summary(queue.counts), class_="summary"),
            filters(None, *_narrowing(chosen, queue.counts)),
            letters_view(queue.letters) if queue.letters else tag("p", nothing_to_show(chosen), class_="empty"),
            more_view(queue.next, first_page=chosen.first_page),
        ]
    )


def nothing_to_show(chosen: Chosen) -> str:
    """Why the queue is empty."""
    return words("desk.nothing_fits") if chosen.narrows or not chosen.first_page else words("desk.nothing_waits")


def queue_said(queue: ReviewQueue) -> str:
    """What a screen reader says when the queue has changed."""
    return _summary(queue.counts)


def _summary(counts: QueueCounts) -> str:
    number = words("desk.at_least", count=counts.waiting) if not counts.complete else str(counts.waiting)
    waiting = words("desk.one_waits") if number == "1" else words("desk.waiting", count=number)
    return f"{waiting} {words('desk.urgent_count', count=counts.urgent)}" if counts.urgent else waiting


def filters(destination: Destination | None, *narrowing: Html) -> Html:
    """Which list it is: what waits for a decision, or what was forwarded to a destination; and what narrows it."""
    lists = [(one.value, words("desk.forwarded_to", destination=words(f"destination.{one}"))) for one in Destination]
    waiting = tag("option", words("desk.queue"), value="")
    forwarded = [tag("option", text, value=value, selected=value == destination) for value, text in lists]
    label = tag("label", tag("kbd", "V", aria_hidden="true"), words("desk.list"), for_="filter-list")
    select = tag("select", waiting, *forwarded, id="filter-list", name="list", data_key="v", aria_keyshortcuts="V")
    chosen = tag("div", label, select, class_="field whole")
    return tag("form", chosen, *narrowing, id="filters", aria_label=words("desk.filters"))


def _narrowing(chosen: Chosen, counts: QueueCounts) -> list[Html]:
    kinds = [(kind.value, kind_name(kind.value)) for kind in Kind]
    held = [(Held.FREE.value, words("desk.held.free")), (Held.MINE.value, words("desk.held.mine")),
            (Held.OTHERS.value, words("desk.held.others"))]  # fmt: skip
    urgent = tag("input", type="checkbox", id="filter-urgent", name="urgent", value="true", checked=bool(chosen.urgent))
    return [
        _select("filter-kind", "kind", words("desk.kind"), kinds, chosen.kind),
        _select("filter-claimed", "claimed", words("desk.held"), held, chosen.held),
        _select("filter-reason", "reason", words("desk.reason"), _reasons(chosen, counts), chosen.reason),
        _select("filter-batch", "batch", words("desk.batch"), _batches(chosen, counts), chosen.batch),
        tag("label", urgent, words("desk.only_urgent"), class_="check", for_="filter-urgent"),
    ]


def _reasons(chosen: Chosen, counts: QueueCounts) -> list[tuple[str, str]]:
    return _with_chosen(chosen.reason, {one.code: one.text for one in counts.reasons})


def _batches(chosen: Chosen, counts: QueueCounts) -> list[tuple[str, str]]:
    there = {
        one.batch_id: words("desk.batch_of", at=moment(one.received_at), count=one.count) for one in counts.batches
    }
    return _with_chosen(chosen.batch, there)


def _with_chosen(chosen: str | None, there: dict[str, str]) -> list[tuple[str, str]]:
    """What there is, and what is chosen though nothing of it is left."""
    gone = {chosen: words("desk.none_left")} if chosen and chosen not in there else {}
    return list((there | gone).items())


def _select(name: str, field: str, label: str, options: Iterable[tuple[str, str]], chosen: str | None) -> Html:
    all_of_them = tag("option", words("desk.all"), value="")
    others = [tag("option", text, value=value, selected=value == chosen) for value, text in options]
    select = tag("select", all_of_them, *others, id=name, name=field)
    return tag("div", tag("label", label, for_=name), select, class_="field")


def letters_view(letters: Iterable[WaitingLetter]) -> Html:
    """The letters in their order, each with a box that marks it to be merged."""
    hint = tag("p", words("desk.mark_hint"), class_="quiet", id="mark-hint")
    return join([hint, tag("ol", *map(_letter, letters), class_="letters")])


def _letter(letter: WaitingLetter) -> Html:
    title = letter.sender or words("desk.no_sender")
    line = [kind_name(letter.kind), pages_count(len(letter.pages)), waited(letter.waiting_minutes)]
    opened = tag(
        "a",
        tag("span", title, class_="sender"),
        tag("span", " · ".join(line), class_="line"),
        _marks(letter),
        tag("span", letter.reasons[0] if letter.reasons else None, class_="why"),
        href=f"#{letter.letter_id}",
        data_open=letter.letter_id,
    )
    mark = tag(
        "input",
        type="checkbox",
        value=letter.letter_id,
        data_version=letter.version,
        data_batch=letter.batch_id,
        aria_label=words("desk.mark", letter=title),
        title=words("desk.mark_short"),
        aria_describedby="mark-hint",
    )
    return tag("li", opened, mark)


def _marks(letter: WaitingLetter) -> Html | None:
    marks = [
        tag("span", words("desk.urgent"), class_="mark urgent") if letter.urgent else None,
        tag("span", words("desk.deadline", day=day(letter.deadline)), class_="mark") if letter.deadline else None,
        tag("span", _claim(letter), class_="mark") if letter.claimed_by else None,
    ]
    return tag("span", *marks, class_="marks") if any(marks) else None


def _claim(letter: WaitingLetter) -> str:
    until = clock_time(letter.claimed_until) if letter.claimed_until else ""
    return words("desk.claimed", by=letter.claimed_by or "", until=until)


def more_view(cursor: str | None, *, first_page: bool) -> Html | None:
    """Back to the first letters, and on to the next."""
    back = None if first_page else tag("button", words("desk.first"), type="button", data_cursor="")
    on = tag("button", words("desk.more"), type="button", data_cursor=cursor) if cursor else None
    return tag("p", back, on, class_="more") if back or on else None
