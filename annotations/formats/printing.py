"""A page in HTML printed to PDF, by a Chromium of its own that is ended when its time is over."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome")
SECONDS = 120.0
"""How long printing may take; a dossier of a hundred claims takes some seconds."""

OPTIONS = (
    "--headless=new",
    # What is printed is a file of ours, whose own policy lets nothing run and nothing be loaded.
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-breakpad",
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-pdf-header-footer",
    "--generate-pdf-document-outline",
)


class NotPrinted(Exception):
    """Chromium made no PDF; the message says why, for whoever asked."""


def find(given: str = "") -> str | None:
    """The path of a Chromium: the one given, or else of the first on PATH; None if there is none.

    One that is given and cannot be run is none: no other is taken in its place.
    """
    if given:
        return shutil.which(given)
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def pdf(html: bytes, chromium: str, *, seconds: float = SECONDS) -> bytes:
    """The page as a PDF with tags and an outline. Raises NotPrinted."""
    with tempfile.TemporaryDirectory(
        prefix="factcheck-print-", ignore_cleanup_errors=True
    ) as folder:
        page, made = Path(folder, "page.html"), Path(folder, "page.pdf")
        page.write_bytes(html)
        _print(chromium, page, made, seconds)
        data = made.read_bytes() if made.exists() else b""
    if not data.startswith(b"%PDF-") or b"%%EOF" not in data[-1024:]:
        raise NotPrinted("Chromium printed nothing.")
    return data


def _print(chromium: str, page: Path, made: Path, seconds: float) -> None:
    command = [chromium, *OPTIONS, f"--user-data-dir={page.parent / 'profile'}"]
    command += [f"--print-to-pdf={made}", page.as_uri()]
    own = dict.fromkeys(("HOME", "TMPDIR"), str(page.parent))
    own |= dict.fromkeys(("XDG_CONFIG_HOME", "XDG_CACHE_HOME"), "")
    try:
        # What it says is only a comfort to its makers; a pipe that nobody reads would stop it.
        program = subprocess.Popen(
            command,
            env=os.environ | own,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise NotPrinted(f"{chromium} cannot be run: {error.strerror}.") from error
    try:
        failed = program.wait(seconds)
    except subprocess.TimeoutExpired:
        raise NotPrinted(f"Chromium was not done after {seconds:g} seconds.") from None
    finally:
        _end(program)
    if failed:
        raise NotPrinted(f"Chromium ended with status {failed}.")


def _end(program: subprocess.Popen[bytes]) -> None:
    """End the browser with all the processes that it has begun."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(program.pid, signal.SIGKILL)
    program.wait()
