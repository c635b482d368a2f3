"""A release: the same bytes whoever builds it, and a site that runs without a checkout."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from annotations import VERSION
from tests.drills import restoring
from tests.serving import HOST, served_by

ROOT = restoring.ROOT
SHIPPED = ("static", "locale", "fixtures")
PRODUCTION = {
    "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "ALLOWED_HOSTS": HOST,
    "BEHIND_PROXY": "1",
    "EMAIL_URL": "smtp://127.0.0.1:1/",
    "MAIL_FROM": "desk@factcheck.example",
    "PATH": os.environ["PATH"],
}


def run(*command: str | Path, folder: Path, **environment: str) -> str:
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def build(folder: Path, source: Path) -> Path:
    """A wheel of the checkout, made by pip as anybody would."""
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check")
    environment = os.environ | {"SOURCE_DATE_EPOCH": "1795824000"}
    run(*pip, "wheel", "--quiet", "--no-deps", "-w", folder, source, folder=ROOT, **environment)
    made = list(folder.glob("*.whl"))
    assert len(made) == 1
    return made[0]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is committed, where nothing of this machine is."""
    folder = tmp_path_factory.mktemp("checkout")
    run("git", "clone", "--quiet", str(ROOT), folder / "code", folder=ROOT, **os.environ)
    return folder / "code"


@pytest.fixture(scope="module")
def wheel(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("wheel"), checkout)


def test_the_same_source_makes_the_same_bytes(wheel, checkout, tmp_path):
    for path in checkout.rglob("*.py"):
        os.utime(path)
    again = build(tmp_path, checkout)
    assert again.name == wheel.name == f"factcheck-{VERSION}-py3-none-any.whl"
    assert again.read_bytes() == wheel.read_bytes()


def test_all_that_a_site_needs_is_in_it(wheel, checkout):
    with zipfile.ZipFile(wheel) as opened:
        inside = set(opened.namelist())
        told = opened.read(f"factcheck-{VERSION}.dist-info/METADATA").decode()
    committed = run("git", "ls-files", folder=checkout, **os.environ).splitlines()
    wanted = {path for path in committed if path.startswith(("annotations/", "factcheck/"))}
    wanted |= {f"factcheck/shipped/{path}" for path in committed if path.split("/")[0] in SHIPPED}
    assert wanted <= inside
    assert not {path for path in inside - wanted if ".dist-info/" not in path}
    assert "Requires-Dist: django<5.3,>=5.2" in told.lower().replace(
        "requires-dist", "Requires-Dist"
    )


@pytest.mark.django_db(transaction=True)
def test_it_runs_without_a_checkout(wheel, checkout, tmp_path):
    run(sys.executable, "-m", "venv", tmp_path / "venv", folder=tmp_path)
    python = tmp_path / "venv/bin/python"
    pip = (python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    locked = checkout / "requirements/run.txt"
    run(*pip, "--require-hashes", "-r", locked, folder=tmp_path, **os.environ)
    run(*pip, "--no-deps", wheel, folder=tmp_path, **os.environ)
    factcheck = tmp_path / "venv/bin/factcheck"
    with restoring.new_database("wheel") as database:
        settings = PRODUCTION | {"DATABASE_URL": database.url}
        assert run(factcheck, "version", folder=tmp_path, **settings) == f"{VERSION}\n"
        for command in (
            ["migrate", "--verbosity=0"],
            ["collectstatic", "--no-input", "--verbosity=0"],
            ["loaddata", "--verbosity=0", "scales"],
            ["check", "--deploy", "--fail-level=WARNING"],
        ):
            run(factcheck, "manage", *command, folder=tmp_path, **settings)
        assert (tmp_path / "var/static/staticfiles.json").exists()
        with served_by([str(factcheck), "run"], tmp_path, settings) as site:
            page = site.ask("/?lang=fr")
            assert page.status == 200
            assert 'lang="fr"' in page.text
            assert "Vérifications" in page.text or "vérifi" in page.text
            style = re.findall(r'href="(/static/css/base\.\w+\.css)"', page.text)[0]
            assert site.ask(style).status == 200
            assert site.ask("/readyz").text == "ready"


def test_the_command_says_how_it_is_used():
    done = subprocess.run(
        [sys.executable, "-m", "factcheck.command", "nonsense"],
        cwd=ROOT, env=PRODUCTION, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "factcheck run" in done.stderr
