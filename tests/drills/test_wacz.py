"""What `export_evidence` writes, validated by the makers of the format: the package `wacz`.

It stands in an environment of its own, which `make drill` makes (docs/decisions/0106).
"""

from __future__ import annotations

import io
import json
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.views.test_evidence import decided  # noqa: F401  # a fixture

pytestmark = [pytest.mark.drill, pytest.mark.django_db]

PYTHON = Path(__file__).parents[2] / "var/wacz/bin/python"
VALIDATE = "import sys; from wacz.main import main; sys.exit(main(['validate', '-f', sys.argv[1]]))"


def validated(file: Path) -> tuple[bool, str]:
    """Whether the file is one, and what the validator says of it."""
    assert PYTHON.exists(), "make var/wacz/.installed"
    done = subprocess.run(
        [PYTHON, "-c", VALIDATE, file], capture_output=True, text=True, check=False
    )
    return done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def taken(cast, decided, tmp_path) -> Path:  # noqa: F811
    article, _claim = decided
    file: Path = tmp_path / "ferry.wacz"
    call_command(
        "export_evidence", article.slug, str(file), desk="desk", person="mia", stdout=io.StringIO()
    )
    return file


def rewritten(file: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """The file with its parts as `change` leaves them, packed as they were."""
    with zipfile.ZipFile(file) as archive:
        kinds = {info.filename: info.compress_type for info in archive.infolist()}
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    other = file.with_name("other.wacz")
    with zipfile.ZipFile(other, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data, compress_type=kinds[name])
    return other


def test_it_is_valid_to_its_makers(taken):
    for file in (taken, rewritten(taken, lambda parts: None)):
        is_valid, told = validated(file)
        assert is_valid, told


def _page_changed(parts: dict[str, bytes]) -> None:
    parts["pages/pages.jsonl"] = parts["pages/pages.jsonl"].replace(b"Register", b"Regester")


def _package_changed(parts: dict[str, bytes]) -> None:
    package = json.loads(parts["datapackage.json"])
    parts["datapackage.json"] = json.dumps(package | {"title": "Other"}).encode()


def _no_pages(parts: dict[str, bytes]) -> None:
    del parts["pages/pages.jsonl"]


def _no_index(parts: dict[str, bytes]) -> None:
    del parts["indexes/index.cdx"]


@pytest.mark.parametrize("change", [_page_changed, _package_changed, _no_pages, _no_index])
def test_one_that_was_changed_is_not(taken, change):
    assert not validated(rewritten(taken, change))[0]
