"""The offices a city's post room sorts letters for, by the names people write on envelopes: one readable table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType

from sozialakte.intake.understanding.word_search import WordSearch


class Office(StrEnum):
    """An office a letter can be addressed to; ``SOCIAL_SERVICE`` is ours."""

    SOCIAL_SERVICE = "social_service"
    TAX = "tax"
    RESIDENTS = "residents"
    DEBT_ENFORCEMENT = "debt_enforcement"
    KESB = "kesb"
    COURT = "court"
    SCHOOL = "school"
    CIVIL_REGISTRY = "civil_registry"
    POLICE = "police"
    BUILDING = "building"
    FINANCE = "finance"
    PERSONNEL = "personnel"
    CHANCELLERY = "chancellery"


# Adult protection, alimony and asylum are departments of a social service; the KESB is an authority of its own, and
# its post is not ours to open.
_NAMES: Mapping[Office, str] = MappingProxyType(
    {
        Office.SOCIAL_SERVICE: "soziale dienste, sozialdienst, sozialdienste, sozialamt, sozialberatung, "
        "sozialabteilung, sozialhilfe, sozialbehoerde, sozialhilfebehoerde, sozialkommission, sozialwesen, "
        "sozialvorsteherschaft, sozialsekretariat, sozialvorsteher, sozialvorsteherin, abteilung soziales, "
        "bereich soziales, ressort soziales, soziales und gesundheit, departement soziales, sozialzentrum, "
        "berufsbeistandschaft, berufsbeistandschaften, fachstelle erwachsenenschutz, abteilung erwachsenenschutz, "
        "kindes und erwachsenenschutzdienst, amtsvormundschaft, mandatszentrum, alimentenhilfe, alimenteninkasso, "
        "alimentenbevorschussung, asylkoordination, asyl und fluechtlingswesen, fuersorgeamt, sozialakte, "
        "services sociaux, service social",
        Office.TAX: "steueramt, steuerverwaltung, abteilung steuern, dienststelle steuern, steuern, gemeindesteueramt, "
        "inventuramt, teilungsamt",
        Office.RESIDENTS: "einwohnerdienste, einwohneramt, einwohnerkontrolle, einwohnermeldeamt, einwohnerdienst",
        Office.DEBT_ENFORCEMENT: "betreibungsamt, konkursamt, betreibungs und konkursamt, regionales betreibungsamt",
        Office.KESB: "kesb, kindes und erwachsenenschutzbehoerde, kindes und erwachsenenschutzbehoerden",
        Office.COURT: "bezirksgericht, kantonsgericht, obergericht, friedensrichteramt, schlichtungsbehoerde, "
        "friedensrichter, staatsanwaltschaft, sozialversicherungsgericht, verwaltungsgericht",
        Office.SCHOOL: "schulverwaltung, schulleitung, schulsekretariat, volksschule, volksschulamt, schulpflege, "
        "rektorat, primarschule, sekundarschule, schulhaus, schule, schulen, musikschule, schulsozialarbeit",
        Office.CIVIL_REGISTRY: "zivilstandsamt, bestattungsamt, friedhofverwaltung",
        Office.POLICE: "stadtpolizei, kantonspolizei, gemeindepolizei, polizei, polizeiamt",
        Office.BUILDING: "bauamt, hochbauamt, tiefbauamt, baubehoerde, bauverwaltung, stadtplanung, baudirektion",
        Office.FINANCE: "finanzverwaltung, finanzabteilung, stadtkasse, gemeindekasse, rechnungswesen",
        Office.PERSONNEL: "personalamt, personaldienst, personaldienste, personalabteilung, human resources, "
        "hr services",
        Office.CHANCELLERY: "stadtkanzlei, gemeindekanzlei, gemeindeverwaltung, stadtrat, gemeinderat, "
        "stadtpraesidium, gemeindeschreiber, gemeindeammann, ratskanzlei",
    }
)


def office_in(lines: Sequence[str]) -> Office | None:
    """The office an address names: ours if it is among them, else the first of the table; misread names count."""
    searches = [WordSearch(line) for line in lines]
    named = (office for office, names in _NAMES.items() if any(one.has_any(names.split(", ")) for one in searches))
    return next(named, None)
