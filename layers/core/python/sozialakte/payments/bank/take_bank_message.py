"""Take a message of the bank: settle the payments it speaks of, keep the money it tells of, say what is wrong with it.

Everything is done as often as the message comes, with the same result. A message is noted as taken when all of it was
done; one that we cannot take is noted as refused, is kept, and changes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sozialakte.payments.bank.answers import BankAnswers
from sozialakte.payments.bank.book import BankBook, BankFile, BankFileState
from sozialakte.payments.bank.facts import BankFact
from sozialakte.payments.bank.file_answers import FileAnswer
from sozialakte.payments.bank.files import BankFiles
from sozialakte.payments.bank.late_refusal import refused_late
from sozialakte.payments.bank.sent_orders import SentOrders
from sozialakte.payments.bank.settle_payments import SettlePayments
from sozialakte.payments.bank.status_levels import StatusLevels
from sozialakte.payments.incoming_money import entry_id
from sozialakte.payments.iso20022.bank_message import REJECTED, Entry, MessageKind, Status, Transfer
from sozialakte.payments.iso20022.read_bank_message import (
    BankMessage,
    RefusedMessageError,
    against_schema,
    open_bank_message,
    readable_status,
)
from sozialakte.payments.iso20022.xml_parsers import UnreadableMessageError
from sozialakte.payments.match_money import MatchMoney
from sozialakte.payments.money_store import StatedDay
from sozialakte.shared.reasons import Reason

_MOST_TOLD = 50
_SCHEMA_TOLD = 10
_LONGEST = 300  # characters of a fact inside a reason


@dataclass(frozen=True)
class TakeBankMessage:
    """The use case with what it works on."""

    files: BankFiles
    book: BankBook
    settle: SettlePayments
    money: MatchMoney
    now: datetime

    def __call__(self, key: str, version_id: str) -> BankFile:
        """Take one version of a file; what became of it, perhaps long ago. Raises `WriteConflictError`."""
        with TemporaryDirectory() as folder:
            path = Path(folder, "message.xml")
            digest = self.files.fetch(key, version_id, path)
            known = self.book.file(digest)
            found = known or self.book.note_file(
                self._take(BankFile(digest, key, BankFileState.REFUSED, self.now), path)
            )
        self.book.note_object(version_id, digest)
        return found

    def _take(self, file: BankFile, path: Path) -> BankFile:
        with path.open("rb") as source:
            try:
                message = open_bank_message(source)
            except RefusedMessageError as error:
                return replace(file, kind=error.kind, version=error.version, told=_short((error.reason,)))
            except UnreadableMessageError as error:
                return replace(file, told=_short((error.reason,)))
            named = replace(file, kind=str(message.kind), version=message.version)
            # Before anything is done: half a message would be worse than none.
            if wrong := against_schema(message):
                loose = readable_status(message)
                if loose is None:
                    return replace(named, told=_short(wrong))
                return self._done(named, loose, Reason("bank_told.read_anyway"), *wrong[:_SCHEMA_TOLD])
            return self._done(named, message)

    def _done(self, file: BankFile, message: BankMessage, *odd: Reason) -> BankFile:
        told = list(odd)
        levels, sent = _levels_of(message), SentOrders(self.files)
        late = refused_late(levels, sent, self.book)
        done = _Done(self, BankAnswers(sent, self.book, self.now, told, levels, late, str(message.kind)))
        if late and not levels.file:
            told.append(Reason("bank_told.refused_late", {"message_id": levels.message_id}))
        if not late and levels.answer and sent.of_file(levels.answer[0]) is not None:
            self.book.note_answer(FileAnswer(*levels.answer, self.now))
        self.settle(done.facts(message))
        done.settle_waiting()
        if message.kind is MessageKind.STATEMENT:
            self.money.store.note_stated(done.stated())
        return replace(
            file,
            state=BankFileState.TAKEN,
            accounts=tuple(dict.fromkeys(message.accounts)),
            parts=done.parts,
            payments=done.payments,
            money=done.money,
            foreign=done.foreign,
            told=_short((*message.told, *told)),
        )


@dataclass
class _Done:
    """What is done with a message while it is read."""

    taking: TakeBankMessage
    answers: BankAnswers
    parts: int = 0
    payments: int = 0
    money: int = 0
    foreign: int = 0
    _alike: Counter[str] = field(default_factory=Counter)
    _groups: dict[str, None] = field(default_factory=dict)
    _came: Counter[tuple[str, date, str]] = field(default_factory=Counter)

    def facts(self, message: BankMessage) -> Iterator[BankFact]:
        """What the message says of payments of ours; money is kept on the way."""
        for part in message.parts():
            self.parts += 1
            for fact in self._of_status(part) if isinstance(part, Status) else self._of_entry(part):
                self.payments += 1
                yield fact

    def settle_waiting(self) -> None:
        """Sums of groups may fit now that payments of the group are known to be rejected."""
        for group in self._groups:
            for one, facts in self.answers.again(group):
                self.taking.settle(facts)
                self.taking.book.forget_sum(one)

    def stated(self) -> Iterator[StatedDay]:
        """What came in, by account and day."""
        return (StatedDay(*day, cents) for day, cents in self._came.items())

    def _of_status(self, status: Status) -> Iterator[BankFact]:
        if status.status == REJECTED:
            self._groups.update(dict.fromkeys(self.answers.groups_of(status)))
        yield from self.answers.of_status(status)

    def _of_entry(self, entry: Entry) -> Iterator[BankFact]:
        if not entry.is_booked:
            return  # it may still not happen; the entry comes again when it has
        if not entry.own_ref:
            self.answers.told.append(Reason("bank_told.unnumbered", {"amount": f"{entry.currency} {entry.amount}"}))
        position, others = self._position(entry), []
        for place, transfer in enumerate(entry.transfers):
            fact = self.answers.of_transfer(entry, transfer, position, place)
            if fact:
                yield fact
            else:
                self.answers.look_at(entry, transfer)
                others.append(transfer)
        if entry.is_credit or entry.is_reversal:
            self._keep(entry, others, position)
        elif others == [*entry.transfers]:
            yield from self._of_sum(_of_group(entry), position)
        else:
            self.foreign += len(others)

    def _keep(self, entry: Entry, others: list[Transfer], position: int) -> None:
        """Money that came in, or was taken back."""
        if entry.booked_on:
            self._came[entry.account, entry.booked_on, entry.currency] += int(entry.signed * 100)
        # Payments that do not make the sum prove nothing about it: the sum is what is on the account.
        told = others if entry.transfers and entry.adds_up else None
        self.money += 1 if told is None else len(told)
        if self.taking.money(entry, told, position, self._nth):
            said = {"number": entry.own_ref or "-", "amount": f"{entry.currency} {entry.amount}"}
            self.answers.told.append(Reason("bank_told.number_used_twice", said))

    def _of_sum(self, entry: Entry, position: int) -> Iterator[BankFact]:
        facts = self.answers.of_sum(entry, position)
        if facts is None:
            self.foreign += len(entry.transfers) or 1
        else:
            # Looked at once more in the end: what makes it fit may have been told while it was noted.
            self._groups[entry.payment_information_id] = None
            yield from facts

    def _position(self, entry: Entry) -> int:
        if entry.own_ref:
            return 0
        return self._nth(entry_id(entry))

    def _nth(self, what: str) -> int:
        self._alike[what] += 1
        return self._alike[what] - 1


def _levels_of(message: BankMessage) -> StatusLevels:
    """Before anything is done: what stands further down decides too."""
    if message.kind is not MessageKind.STATUS:
        return StatusLevels()
    return StatusLevels.of(part for part in message.parts() if isinstance(part, Status))


def _of_group(entry: Entry) -> Entry:
    """With the group that its only payment names: some banks tell the sum of a group as if it were one payment."""
    if entry.payment_information_id or len(entry.transfers) != 1:
        return entry
    (only,) = entry.transfers
    return replace(entry, payment_information_id=only.payment_information_id, message_id=only.message_id)


def _short(reasons: tuple[Reason, ...]) -> tuple[Reason, ...]:
    """As many as anybody reads, and no more of what somebody else wrote than that."""
    cut = (Reason(one.code, {name: value[:_LONGEST] for name, value in one.params.items()}) for one in reasons)
    return tuple(cut)[:_MOST_TOLD]
