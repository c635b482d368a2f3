"""Earlier checks by others become rows of a desk: each once, however often its file comes."""

from __future__ import annotations

from dataclasses import asdict

from django.db import transaction

from annotations import workflow
from annotations.formats import earlier
from annotations.formats.earlier import Check, Found
from annotations.models import Desk, EarlierCheck, User
from annotations.workflow.earlier import SAID
from annotations.workflow.file_imports import Outcome

from .importing import one_import_at_a_time

__all__ = ["Found", "Outcome", "keep", "read"]

read = earlier.read


@transaction.atomic
def keep(
    desk: Desk, found: Found, *, actor: User, file: str = "", is_trial: bool = False
) -> Outcome:
    """Keep the checks of a file, all or none; in a trial only say what would be.

    A check is found again by its key: said otherwise it is changed, said the same it is left alone.
    Raises PermissionDenied.
    """
    if not is_trial:
        one_import_at_a_time(desk)
    keys = [check.key for check in found.checks]
    there = {
        row.external_id: row for row in EarlierCheck.objects.filter(desk=desk, external_id__in=keys)
    }
    new, changed = [], []
    for check in found.checks:
        row = there.get(check.key)
        if row is None:
            new.append(
                _filled(EarlierCheck(desk=desk, external_id=check.key, added_by=actor), check, file)
            )
        elif row.sha256 != check.sha256:
            changed.append(_filled(row, check, file))
    if not is_trial:
        workflow.keep_earlier_checks(desk, new, changed, actor=actor, file=file)
    return Outcome(len(new), len(changed), len(keys) - len(new) - len(changed))


def _filled(row: EarlierCheck, check: Check, file: str) -> EarlierCheck:
    said = asdict(check) | {"sha256": check.sha256, "file": file[:255]}
    said["pointer"] = check.pointer.strip()[:500]
    for name in SAID:
        value = said[name]
        setattr(row, name, list(value) if isinstance(value, tuple) else value)
    return row
