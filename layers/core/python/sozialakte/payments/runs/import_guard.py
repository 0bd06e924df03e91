"""When files cannot be taken over as those that the bank has. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Set
from dataclasses import dataclass, field
from hashlib import sha256

from sozialakte.payments.bank.facts import PaymentFacts
from sozialakte.payments.bank.file_answers import FileAnswer
from sozialakte.payments.runs.emergency_release import EmergencyRelease
from sozialakte.payments.runs.run import PaymentRun, RunFile
from sozialakte.shared.reasons import Reason

_REFUSED = "RJCT"


@dataclass(frozen=True)
class OurFiles:
    """What the platform wrote for a run, and what the bank has said about it.

    ``bodies`` by message id. ``payments``: the end to end ids in those of them that are not the given ones.
    ``answers``: what the bank made of a message id, without refusals as a duplicate; whose file it meant, nobody knows.
    ``facts``: what it said of the payments.
    """

    bodies: Mapping[str, bytes] = field(default_factory=dict)
    payments: frozenset[str] = frozenset()
    answers: Mapping[str, FileAnswer] = field(default_factory=dict)
    facts: Mapping[str, PaymentFacts] = field(default_factory=dict)


def against_import(
    run: PaymentRun | None,
    ours: OurFiles,
    files: Collection[RunFile],
    given: Set[str],
    *,
    bank_refused_ours: bool,
) -> Iterator[Reason]:
    """Why these files of a run, with the payments ``given``, are not taken over.

    If there are other files of this run, the bank has taken one or the other: what is only in ours would be paid once
    more if the bank has taken ours. ``bank_refused_ours``: somebody has seen that it has not, or withdrew ours; that
    counts as long as the bank itself has not shown that it took ours.
    """
    if run is None or not are_others(run, ours.bodies, files):
        return
    shown = shows_ours(ours, given)
    if shown:
        yield Reason("emergency.bank_took_ours", {"run_id": run.run_id, "count": str(len(shown))})
    elif not bank_refused_ours and run.withdrawal is None:
        yield _ask_people(run, ours)


def are_others(run: PaymentRun, bodies: Mapping[str, bytes], files: Collection[RunFile]) -> bool:
    """Whether some file of the run is none of the given ones."""
    digests = {file.message_id: file.sha256 for file in files}
    written = {name: sha256(body).hexdigest() for name, body in bodies.items()}
    written |= {file.message_id: file.sha256 for file in run.files}
    return any(digests.get(name) != digest for name, digest in written.items())


def shows_ours(ours: OurFiles, given: Set[str]) -> frozenset[str]:
    """Payments that are only in ours, and of which the bank has spoken: it took our file.

    A bank that refused our file as a whole has refused each payment in it: that shows nothing.
    """
    facts = {name: told for name in ours.payments if (told := ours.facts.get(name)) is not None and told.version}
    refused_all = bool(ours.payments) and all(name in facts and _is_refused(facts[name]) for name in ours.payments)
    only = ours.payments - given
    return frozenset(name for name in only & facts.keys() if not (refused_all and _is_only_refused(facts[name])))


def against_release_of(release: EmergencyRelease, run_id: str, files: Collection[RunFile]) -> Iterator[Reason]:
    """Why what was released are not these files: another run's, or not all of them."""
    if release.run_id != run_id:
        yield Reason("emergency.other_release", {"run_id": run_id, "released": release.run_id})
        return
    missing = {file.message_id for file in release.files} - {file.message_id for file in files}
    if missing:
        yield Reason("emergency.files_missing", {"files": ", ".join(sorted(missing))})


def _ask_people(run: PaymentRun, ours: OurFiles) -> Reason:
    heard = sorted(name for name, told in ours.answers.items() if told.status != _REFUSED)
    if heard:
        return Reason("emergency.bank_has_one", {"run_id": run.run_id, "files": ", ".join(heard)})
    return Reason("emergency.ours_is_out", {"run_id": run.run_id})


def _is_refused(facts: PaymentFacts) -> bool:
    return facts.rejected is not None


def _is_only_refused(facts: PaymentFacts) -> bool:
    return _is_refused(facts) and not facts.bookings and not facts.backs
