"""What docs/deploy.md installs, read without a machine; `make drill` runs it on one."""

from __future__ import annotations

import re
from configparser import ConfigParser
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.urls import resolve, reverse

from annotations import VERSION
from factcheck import patient

ROOT = Path(__file__).parents[1]
FILES = ROOT / "docs/deploy"
UNITS = sorted(FILES.glob("*.service"))
SANDBOX = {
    "ProtectSystem": "strict", "ProtectHome": "yes", "PrivateTmp": "yes", "PrivateDevices": "yes",
    "NoNewPrivileges": "yes", "CapabilityBoundingSet": "", "User": "factcheck",
}  # fmt: skip
BYTES = {"m": 1024**2, "MB": 1000**2}
"""What nginx and Caddy mean by these."""


def section(unit: Path, name: str) -> dict[str, str]:
    read = ConfigParser(interpolation=None, strict=False)
    read.optionxform = str  # type: ignore[assignment]  # systemd's names keep their case
    read.read_string(unit.read_text())
    return dict(read[name])


def test_the_page_leads_to_each_file_and_each_is_there():
    page = (ROOT / "docs/deploy.md").read_text()
    named = set(re.findall(r"\]\(deploy/([\w.-]+)\)", page))
    assert named == {file.name for file in FILES.iterdir()}


def test_this_version_is_in_the_changelog_with_its_day():
    headings = re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    newest = headings[headings[0] == "Unreleased"]
    assert re.fullmatch(rf"{re.escape(VERSION)} \(20\d\d-[01]\d-[0-3]\d\)", newest)


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_each_unit_writes_to_its_own_folders_only(unit):
    service = section(unit, "Service")
    assert {name: service[name] for name in SANDBOX} == SANDBOX
    own = ("/var/lib/factcheck", "/var/backups/factcheck")
    assert set(service["ReadWritePaths"].split()) <= set(own)


@pytest.mark.parametrize("unit", ["web", "worker"])
def test_what_serves_is_begun_again_and_never_given_up(unit):
    """systemd gives up what fails five times in ten seconds; mending a setting takes longer."""
    service = section(FILES / f"factcheck-{unit}.service", "Service")
    assert service["Restart"] == "always"
    assert int(service["RestartSec"]) >= 2


def _takes_most() -> int:
    view: Any = resolve(reverse("source", args=[uuid4()])).func
    return int(view.takes)


def test_proxies_let_through_what_the_site_takes_and_not_much_more():
    takes = max(settings.DATA_UPLOAD_MAX_MEMORY_SIZE, _takes_most())
    for file, word in (("nginx.conf", "client_max_body_size"), ("Caddyfile", "max_size")):
        ((number, unit),) = re.findall(rf"{word} (\d+)(\w+)", (FILES / file).read_text())
        assert takes <= int(number) * BYTES[unit] < 2 * takes, file
    assert takes <= patient.BODY_BYTES, "a signed-in person's slow line would hold a thread"


def test_caddy_refuses_in_words_what_it_would_not_let_through():
    file = (FILES / "Caddyfile").read_text()
    ((number, unit),) = re.findall(r"max_size (\d+)(\w+)", file)
    (large,) = re.findall(r"header_regexp Content-Length (\S+)", file)
    most = int(number) * BYTES[unit]
    sizes = (0, 9, most // 10, most - 1, most, most + 1, most * 3, most * 10, most * 100)
    assert [bool(re.search(large, str(size))) for size in sizes] == [s >= most for s in sizes]


def test_caddy_waits_for_a_body_as_long_as_the_site_does():
    """Its times are of the whole: a copy of 25 MB over a slow line was cut off after a minute."""
    said = re.findall(r"(read_body|write) (\d+)m$", (FILES / "Caddyfile").read_text(), re.MULTILINE)
    seconds = {name: 60 * int(minutes) for name, minutes in said}
    assert patient.BODY_SECONDS <= seconds["read_body"] < seconds["write"]
