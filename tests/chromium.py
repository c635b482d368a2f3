"""Which Chromium the browser tests drive.

Run as a program (before pytest, so that its workers do not race) it prints the path, having
installed a Chromium if there was none; imported, `find` only looks.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

SEE = "Install Chromium, or put the path of one into CHROMIUM, to run the browser tests."


def find() -> str | None:
    """The path of $CHROMIUM, of one on PATH, or of Playwright's own; None if there is none."""
    if given := os.environ.get("CHROMIUM"):
        return shutil.which(given)
    for name in ("chromium", "google-chrome"):
        if path := shutil.which(name):
            return path
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def install() -> None:
    """Try the distribution's package, then Playwright's download. What they say goes to stderr."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        for command in (
            ["apt-get", "update", "-q"],
            ["apt-get", "install", "-qy", "--no-install-recommends", "chromium"],
        ):
            subprocess.run(command, env=environment, stdout=sys.stderr, check=False)
    if find() is None:
        command = [sys.executable, "-m", "playwright", "install", "chromium"]
        subprocess.run(command, stdout=sys.stderr, check=False)


if __name__ == "__main__":
    if find() is None and not os.environ.get("CHROMIUM"):
        install()
    print(find() or sys.exit(SEE))
