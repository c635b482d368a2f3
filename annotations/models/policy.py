"""How independent a desk's work on a claim is: what its size and its rules come to."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from annotations.vocabulary import Preset, Safeguard


@dataclass(frozen=True, slots=True)
class Policy:
    """How independent the work on a claim is. Logged with each move that it allowed."""

    preset: str
    annotations: int
    """How many blind annotations a claim needs before it can be decided."""
    agreement_adopts: bool
    """Same rating everywhere becomes the verdict without a decider."""
    annotator_decides: bool
    """Someone who annotated the claim may write its verdict."""
    decider_approves: bool
    """Who wrote the verdict may approve it."""

    @property
    def leaves_out(self) -> list[Safeguard]:
        """The safeguards this policy does without."""
        missing = {
            Safeguard.SECOND_ANNOTATION: self.annotations < 2,
            Safeguard.SEPARATE_DECIDER: self.agreement_adopts or self.annotator_decides,
            Safeguard.SEPARATE_APPROVER: self.decider_approves,
        }
        return [safeguard for safeguard, is_missing in missing.items() if is_missing]

    def as_dict(self) -> dict[str, Any]:
        """As the log keeps it, with what it leaves out."""
        return asdict(self) | {"leaves_out": [safeguard.value for safeguard in self.leaves_out]}


PRESETS = {
    Preset.TWO: Policy("two", 1, True, True, False),
    Preset.THREE: Policy("three", 2, True, False, True),
    Preset.FOUR: Policy("four", 2, False, False, False),
}
