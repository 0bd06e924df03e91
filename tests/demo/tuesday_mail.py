"""Tuesday's batches: black and white with bars between, one side at a time, and hardly any sheets between."""

from __future__ import annotations

from dataclasses import replace

from sozialakte.intake.letter import Destination
from tests.demo import active
from tests.demo import tuesday_letters as write
from tests.demo.cast import Cast
from tests.demo.letters import Clue
from tests.demo.scan_files import Fed
from tests.demo.sheets import Separator
from tests.demo.stack import PatchSheet, Sheets, Stack

TIFF_FILE = "Briefpost Dienstag 17.11.2026, schwarzweiss.tif"
SIMPLEX_FILE = "Schalter & Briefkasten, Vorder- dann Rückseiten.pdf"
MIXED_FILE = "Nachreichungen (E-Mail + Scan) ohne Trennblätter.pdf"
COUNTED_FILE = "Eilpost 17.11.2026.pdf"

THIN = Sheets(Fed(skew=2.5), punched=True, blanks=1, through=True)
SIDEWAYS = Sheets(Fed(turned=90, grey=True), punched=True, blanks=1)
STAMPED = Sheets(stamped="KOPIE\n18. NOV. 2026", stamp_page="EINGESEHEN\nSoziale Dienste")


def tiff_stack(cast: Cast) -> Stack:
    """Group 4, with patch sheets: turned, skewed, dark, faxed, stamped, punched, by hand."""
    reminder = write.hasty(write.IN_TEN_DAYS, write.letter(cast, "debtor", Clue.AHV, "reminder/letzte-mahnung"))
    insured = write.with_number(write.letter(cast, "policyholder", Clue.AHV, "insurer/leistungsabrechnung"))
    therapy = write.with_maiden_name(write.letter(cast, "wife", Clue.BIRTH, "medical/therapiebericht"))
    namesake = write.letter(cast, "namesake", Clue.NAME, "employer/arbeitszeugnis")
    ruling = write.hasty(write.APPEAL, write.letter(cast, "widow", Clue.AHV, "decision/el-verfuegung"))
    return [
        PatchSheet(Fed(specks=40)),
        write.on(Sheets(Fed(dark=True)), reminder),
        PatchSheet(Fed(turned=90)),
        write.on(THIN, insured),
        PatchSheet(Fed(turned=180)),
        PatchSheet(Fed(turned=270, skew=2)),
        write.by_hand(cast),
        PatchSheet(),
        write.on(Sheets(Fed(turned=180)), write.by(write.THERAPIST, therapy)),
        PatchSheet(Fed(turned=90, specks=25)),
        write.on(SIDEWAYS, write.in_review(namesake, "two clients have this name")),
        PatchSheet(Fed(turned=180, skew=-2)),
        write.on(Sheets(Fed(fax=True)), write.letter(cast, "alimony", Clue.AHV, "other/wegzug")),
        PatchSheet(),
        write.on(STAMPED, ruling),
        PatchSheet(Fed(turned=270)),
        write.for_the_tax_office(cast),
    ]


def simplex_stack(cast: Cast) -> Stack:
    """What lay in the letter box: each sheet has a front and a back, separators are printed on both sides."""
    both_sides: Stack = [Separator.QR, Separator.QR]
    report = write.letter(cast, "other-twin", Clue.AHV, "medical/austrittsbericht")
    insured = write.with_number(write.letter(cast, "policyholder", Clue.REFERENCE, "insurer/franchise"))
    return [
        *both_sides,
        write.elsewhere(cast, "candidate", "job_application/bewerbung", Destination.JOB_APPLICATIONS),
        *both_sides,
        write.elsewhere(cast, "newcomer", "application/gesuch", Destination.NEW_CASE),
        *both_sides,
        write.by(write.HOSPITAL, report),
        *both_sides,
        write.on(Sheets(blanks=1), insured),
    ]


def mixed_stack(cast: Cast) -> Stack:
    """Letters that nobody parted, born-digital ones, and letters that name more people than they are about."""
    reply = replace(
        write.letter(cast, "replier", Clue.REPLY, "other/antwort"),
        inbox="ma-102",
        digital=active.with_form,
        notes=("note.form",),
    )
    rent = replace(
        write.letter(cast, "tenant", Clue.AHV, "landlord/mietzinserhoehung"),
        digital=active.with_script,
        notes=("note.javascript",),
    )
    family = write.letter(cast, "mother", Clue.BIRTH, "landlord/familie", others=["father"], dossier="family")
    return [
        *_unparted(cast),
        Separator.QR,
        write.letter(cast, "payer", Clue.DEBTOR, "bill/grundgebuehr"),
        Separator.OWN,
        reply,
        Separator.QR,
        rent,
        Separator.CODE39,
        write.about_a_father(cast),
        Separator.OWN,
        write.letter(cast, "husband", Clue.AHV, "insurer/haushalt", others=["partner"]),
        Separator.CODE128,
        family,
    ]


def counted_stack(cast: Cast) -> Stack:
    """A letter of which the scanning centre counted a page more."""
    moved = write.letter(cast, "insured", Clue.AHV, "other/wegzug")
    return [write.in_review(moved, "the scanning centre counted a page more")]


def _unparted(cast: Cast) -> Stack:
    report = write.by(write.HOSPITAL, write.letter(cast, "patient", Clue.BIRTH, "medical/austrittsbericht"))
    return [
        write.unparted(
            write.letter(cast, "payer", Clue.DEBTOR, "bill/grundgebuehr"),
            write.letter(cast, "other-payer", Clue.DEBTOR, "bill/grundgebuehr"),
            why="two bills in one",
        ),
        Separator.OWN,
        write.unparted(
            write.letter(cast, "worker", Clue.AHV, "insurer/praemienausstand"), report, why="pages are counted twice"
        ),
        Separator.CODE128,
        write.unparted(
            write.letter(cast, "tenant", Clue.BIRTH, "landlord/mietzinsausstand"),
            write.letter(cast, "worker", Clue.BIRTH, "employer/lohnbestaetigung"),
            why="another letterhead",
        ),
    ]
