"""What came of an import. Pure."""

from dataclasses import asdict, dataclass, field
from typing import Any

from hotline.imports.tables import Fault


@dataclass
class Outcome:
    """How many rows were, or in a dry run would be, what; and every fault, by its line."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    faults: list[Fault] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return {
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "errors": [asdict(fault) for fault in self.faults],
        }
