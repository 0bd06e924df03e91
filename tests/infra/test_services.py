"""services.yaml: a mistake is named before anything is synthesized."""

from __future__ import annotations

from pathlib import Path

import pytest

from infra.services import ServicesFileError, load_services

GOOD = Path("infra/services.yaml")


def _written(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "services.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def _changed(tmp_path: Path, old: str, new: str) -> Path:
    text = GOOD.read_text(encoding="utf-8")
    assert old in text
    return _written(tmp_path, text.replace(old, new))


def test_the_committed_services_are_good() -> None:
    (service,) = load_services()
    assert service.region == "eu-central-2"
    assert [commune.bfs for commune in service.communes] == [1061, 1059]


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("bfs: 1061", "bfs: 0", "service 1.communes.1.bfs"),
        ("review: 2", "reviews: 2", "service 1.deadlines.reviews"),
        ("logs: 400", "logs: 401", "service 1.retention.logs"),
        ("read_pages: 20", "read_pages: 1", "service 1.concurrency.read_pages"),
        ("wait_minutes: 60", "wait_minutes: 5", "service 1.manifests.wait_minutes"),
        ("teamlead: 5000", "teamlead: 100", "teamlead must not be lower than caseworker"),
        ("page_origins: []", "page_origins: ['*']", "service 1.page_origins.1"),
        ("[de, fr]", "[de, rm]", "service 1.languages.2"),
        ("qr_iban: CH44", "qr_iban: CH45", "the check digits of qr_iban are wrong"),
        ("qr_iban: CH4431999123000889012", "qr_iban: CH9300762011623852957", "service 1.receiving_account.qr_iban"),
        ("payments_lead: sozialakte", "payments_lead: bank", "service 1.payments_lead"),
        ("iban: CH56", "iban: CH57", "the check digits of iban are wrong"),
        ("iban: CH5604835012345678009", "iban: CH4431999123000889012", "nothing can be paid from it"),
        ("profile: sps", "profile: ubs", "service 1.paying_accounts.1.profile"),
        ("account: null", "account: 12345", "service 1.account"),
    ],
)
def test_a_mistake_is_named_with_its_field(tmp_path: Path, old: str, new: str, named: str) -> None:
    with pytest.raises(ServicesFileError, match=named):
        load_services(_changed(tmp_path, old, new))


def test_the_creditor_workflow_may_lead_and_bills_of_our_own_are_a_choice(tmp_path: Path) -> None:
    text = GOOD.read_text(encoding="utf-8").replace("payments_lead: sozialakte", "payments_lead: creditor_workflow")
    before, _, after = text.partition("  receiving_account:")

    (service,) = load_services(_written(tmp_path, before + after.partition("}\n")[2]))

    assert (service.payments_lead, service.receiving_account) == ("creditor_workflow", None)


def test_two_services_cannot_share_a_name(tmp_path: Path) -> None:
    text = GOOD.read_text(encoding="utf-8")
    with pytest.raises(ServicesFileError, match="name used twice: demo"):
        load_services(_written(tmp_path, text + text[text.index("- name") :]))


@pytest.mark.parametrize("text", ["- name: [", "", "- name: demo"])
def test_a_file_that_is_no_list_of_services_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(ServicesFileError, match=r"services\.yaml"):
        load_services(_written(tmp_path, text))
