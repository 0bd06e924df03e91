"""The register: persons, dossiers, who is responsible. Fed by the importer; people change what is theirs by the API
(`infra.register_api`)."""

from __future__ import annotations

from constructs import Construct

from infra.house.stack import ContextStack, Site
from infra.house.table import Index, Table, own_key


class RegisterStack(ContextStack):
    """The register's table."""

    def __init__(self, scope: Construct, site: Site) -> None:
        super().__init__(scope, "register", site)
        self.table = Table(
            self,
            encryption=own_key(self),
            indexes=(
                Index("by_ahv", "ahv_number"),
                Index("by_birth_date", "birth_date"),
                Index("by_person", "person_id", "pk"),
            ),
        )
