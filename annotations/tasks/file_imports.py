"""Long files come in: one at a time, a step at each turn, so that no letter waits for a file."""

from __future__ import annotations

import logging
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone

from annotations.exchange import BadText, files
from annotations.exchange.file_rows import Rows
from annotations.exchange.fixtures import BadFixture
from annotations.formats.tables import BadRows
from annotations.models import FileImport
from annotations.workflow import Refused, file_imports

logger = logging.getLogger(__name__)

ODD_KEPT = 1_000
"""Warnings of one file that are kept; all are counted."""
WRONG_KEPT = 20_000
"""Wrong places of one file that are kept."""


class FileImporter:
    """Takes in one file after the other, and keeps what it read of one until its last step."""

    def __init__(self) -> None:
        self._held: FileImport | None = None
        self._rows: Rows | None = None

    def take_next(self) -> bool:
        """Read the file whose turn it is, or take in some of its rows; returns whether there was
        anything to do."""
        row = self._held or file_imports.claim(timezone.now())
        if row is None:
            return False
        try:
            goes_on = self._step(row)
        except (BadText, BadFixture) as bad:
            goes_on = False
            file_imports.refuse(row, *_refusal(bad))
        except PermissionDenied:
            goes_on = False
            file_imports.refuse(row, "no_right")
        except Refused:  # there is no room for its bytes: it is tried again when the lease is over
            self._let_go()
            logger.warning("File %s waits: its bytes cannot be kept just now", row.uuid)
            return False
        except (InterfaceError, OperationalError):
            self._let_go()
            raise  # the database is away: the worker waits, and the lease is over some time
        except Exception:  # whatever it is: the other files go on
            goes_on = False
            logger.exception("File %s was not taken in", row.uuid)
            file_imports.failed(row)
        if not goes_on:
            self._let_go()
        return True

    def _step(self, row: FileImport) -> bool:
        """Do one step; returns whether there is another to do."""
        if self._rows is None:
            self._held, self._rows = row, _read(row)
            odd = [
                {"place": each.pointer.strip(), "value": each.value, "code": each.code}
                for each in self._rows.odd[:ODD_KEPT]
            ]
            return file_imports.was_read(row, self._rows.total, odd, len(self._rows.odd))
        if row.done >= self._rows.total:
            file_imports.finish(row)
            return False
        with transaction.atomic():
            held = file_imports.hold(row)
            if held is None:
                return False
            end = self._rows.end_of_step(row.done)
            outcome = self._rows.take(row.done, end)
            file_imports.advance(row, held, end, outcome)
        return True

    def _let_go(self) -> None:
        self._held = self._rows = None


def _read(row: FileImport) -> Rows:
    """Raises BadText, BadFixture."""
    file = files.File(row.name, bytes(row.data), row.desk, row.person, row.holds_checks)
    row.data = b""  # what was read of it is enough
    return files.rows_of(file)


def _refusal(bad: BadText | BadFixture) -> tuple[str, dict[str, Any], list[dict[str, Any]]]:
    """The word for it, what it is about, and what is wrong by row."""
    if isinstance(bad, BadFixture):
        wrong = [{"line": each.line, "words": each.words} for each in bad.problems]
        return "bad_rows", {"count": len(wrong)}, wrong[:WRONG_KEPT]
    if isinstance(bad, BadRows):
        return "bad_rows", {"count": len(bad.wrong)}, list(bad.wrong[:WRONG_KEPT])
    return bad.code, dict(bad.params), []
