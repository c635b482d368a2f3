"""What `import_desk` and `import_article` share: an archive is verified, and comes in whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

from django.core.management.base import CommandError

from annotations.exchange.moving import Arrived, Unfit
from annotations.management.base import ExampleCommand, shown, why
from annotations.management.deskarchives import Reader
from annotations.management.progress import told


class ArrivingCommand(ExampleCommand):
    """A command that brings in what an archive holds, or says what is wrong with it."""

    @contextmanager
    def verified(
        self, file: str, of: str, checked: Callable[[Iterable[bytes]], Counter[str]]
    ) -> Iterator[Reader]:
        """The archive, once every part and line was looked at.

        Raises CommandError, also for what is found wrong within.
        """
        try:
            with closing(Reader(Path(file), of)) as reader:
                reader.verify()
                with self.lines(reader, "Looking at rows") as lines:
                    found = checked(lines)
                if found != reader.manifest.rows:
                    raise Unfit("Its rows are not those that its manifest counts.")
                yield reader
        except Unfit as unfit:
            raise CommandError(f"{shown(file)}: {unfit} Nothing was kept.") from unfit
        except OSError as error:
            raise CommandError(f"{shown(file)}: {why(error)}. Nothing was kept.") from error

    def lines(self, reader: Reader, what: str) -> AbstractContextManager[Iterable[bytes]]:
        """The lines of the rows, telling how far they are read; the first is no row."""
        return told(reader.lines(), self.stderr, what, sum(reader.manifest.rows.values()) + 1)

    def tell(self, reader: Reader) -> None:
        """How much it is."""
        for name, count in reader.manifest.rows.items():
            self.stdout.write(f"{count:>9} {name.replace('_', ' ')}")
        self.stdout.write(f"{len(reader.names()):>9} files")

    def tell_of_names(self, arrived: Arrived) -> None:
        """Who and what has another name here."""
        for there, here in arrived.people.items():
            self.stdout.write(f"“{there}” is somebody else's name here: they are “{here}”.")
        for there, here in arrived.scales.items():
            self.stdout.write(f"Another rating scale is called “{there}” here: it is “{here}”.")
