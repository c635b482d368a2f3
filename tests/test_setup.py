"""What the project promises before its first page: settings, locks, headers, database, files."""

import re
import subprocess
import sys
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import connection

from annotations import checks
from factcheck import env
from tests import settings_table, vendor

ROOT = Path(__file__).parents[1]
PRODUCTION = {
    "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "ALLOWED_HOSTS": "factcheck.example",
    "DATABASE_URL": "postgresql://factcheck:secret@127.0.0.1:1/factcheck",
}
MAIL = {"EMAIL_URL": "smtp://127.0.0.1", "MAIL_FROM": "The Desk <desk@factcheck.example>"}


BOUNDS = {"connect_timeout": "2", "tcp_user_timeout": "2000", "keepalives_idle": "10"}


def manage(*args: str, environment: dict[str, str], folder: Path = ROOT):
    """Run manage.py with these variables and no others; a copy in `folder` reads its .env."""
    if folder != ROOT:
        (folder / "manage.py").write_bytes((ROOT / "manage.py").read_bytes())
    return subprocess.run(
        [sys.executable, folder / "manage.py", *args],
        env={"PYTHONPATH": str(ROOT), **environment},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"LOG_FORMAT": "xml"}, "LOG_FORMAT must be one of: json, line."),
        (
            {"DATABASE_REPLICA_URL": "postgresql://h/n", "PUBLIC_CACHE_SECONDS": "60"},
            "DATABASE_REPLICA_URL does not go with PUBLIC_CACHE_SECONDS: unset one.",
        ),
    ],
)
def test_settings_that_cannot_be_stop_the_start_with_one_sentence(given, words, tmp_path):
    done = manage("check", environment=PRODUCTION | given, folder=tmp_path)
    assert (done.returncode, done.stderr) == (1, f"{words}\n")


@pytest.mark.parametrize("name", PRODUCTION)
def test_without_debug_a_missing_setting_stops_the_start_with_one_sentence(name, tmp_path):
    environment = {key: value for key, value in PRODUCTION.items() if key != name}
    done = manage("migrate", environment=environment, folder=tmp_path)
    assert done.returncode == 1
    assert re.fullmatch(rf"{name} is not set: .+\.\n", done.stderr)


@pytest.mark.heart
def test_production_is_what_one_gets_unasked_and_it_passes_djangos_deployment_check(tmp_path):
    check = ("check", "--deploy", "--fail-level=WARNING")
    done = manage(*check, environment=PRODUCTION | MAIL, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    done = manage(*check, environment=PRODUCTION, folder=tmp_path)
    assert done.returncode == 1
    assert "annotations.W001" in done.stderr, "without a mail server, a warning says so"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("EMAIL_URL", "smtp://user:hush@host:587/?ssl=1"),
        ("EMAIL_URL", "smtps://user:hush@host/?tls=1"),
        ("MAIL_FROM", ""),
        ("MAIL_FROM", "hush, not an address"),
        ("SITE_URL", "facts.example"),
    ],
)
def test_a_mail_setting_that_cannot_be_stops_the_start_with_one_sentence(name, value, tmp_path):
    done = manage("migrate", environment=PRODUCTION | MAIL | {name: value}, folder=tmp_path)
    assert done.returncode == 1
    assert re.fullmatch(rf"{name}.+\.\n", done.stderr)
    assert "hush" not in done.stderr


@pytest.mark.parametrize(
    ("url", "host", "port", "user", "password", "tls", "ssl"),
    [
        ("smtp://mail.example", "mail.example", 25, "", "", False, False),
        ("smtp://mail.example/?tls=1", "mail.example", 587, "", "", True, False),
        ("smtp://a%40b.c:p%2F%3F%25@h:2525/?tls=1", "h", 2525, "a@b.c", "p/?%", True, False),
        ("smtps://u:p@mail.example", "mail.example", 465, "u", "p", False, True),
        ("smtp://[::1]:25?tls=0", "::1", 25, "", "", False, False),
    ],
)
def test_a_mail_url_is_taken_apart(url, host, port, user, password, tls, ssl):
    entry = env.mail(url)
    assert (entry["HOST"], entry["PORT"]) == (host, port)
    assert (entry["HOST_USER"], entry["HOST_PASSWORD"]) == (user, password)
    assert (entry["USE_TLS"], entry["USE_SSL"]) == (tls, ssl)
    assert entry["TIMEOUT"] == 10


@pytest.mark.parametrize(
    "url",
    [
        "nonsense",
        "http://u:hush@h/",
        "smtp://u:hush@",
        "smtp://u:hush@h:x/",
        "smtp://u:hush@h/box",
        "smtp://u:hush@h/?tls=yes",
        "smtp://u:hush@h/?tls",
        "smtp://u:hush@h/#tls",
    ],
)
def test_another_mail_url_is_refused_without_telling_its_password(url):
    with pytest.raises(env.Missing, match="EMAIL_URL must look like") as refused:
        env.mail(url)
    assert "hush" not in str(refused.value)


def test_manage_reads_the_env_file_and_the_environment_wins(tmp_path, monkeypatch):
    monkeypatch.setenv("FC_GIVEN", "environment")
    monkeypatch.setenv("FC_FILE", "")  # so that it is taken away again
    monkeypatch.delenv("FC_FILE")
    file = tmp_path / ".env"
    file.write_text("# FC_COMMENT=1\n\nFC_GIVEN=file\n FC_FILE = 'a=b' \nnonsense\n")
    env.read_file(file)
    assert env.text("FC_GIVEN") == "environment"
    assert env.text("FC_FILE") == "a=b"
    assert env.words("FC_WORDS", " a , b,,") == ["a", "b"]
    assert env.text("# FC_COMMENT", "") == ""


@pytest.mark.parametrize("value", ["", "0", "no", "false", "off", "debug"])
def test_only_a_clear_yes_is_a_yes(monkeypatch, value):
    monkeypatch.setenv("FC_FLAG", value)
    assert not env.flag("FC_FLAG")
    monkeypatch.setenv("FC_FLAG", "1")
    assert env.flag("FC_FLAG")


@pytest.mark.parametrize(
    ("url", "user", "password", "host", "port", "name", "options"),
    [
        ("postgres://h/n", "", "", "h", "", "n", {}),
        ("postgresql://u:p%40%2F@h:5433/n?sslmode=require",
         "u", "p@/", "h", "5433", "n", {"sslmode": "require"}),
        ("postgresql://u@%2Fvar%2FRun/n", "u", "", "/var/Run", "", "n", {}),
        ("postgresql://u@[::1]:1/n", "u", "", "::1", "1", "n", {}),
        ("postgresql:///n", "", "", "", "", "n", {}),
    ],
)  # fmt: skip
def test_a_database_url_is_taken_apart(url, user, password, host, port, name, options):
    entry = env.database(url)
    assert [entry[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME", "OPTIONS")] == [
        user, password, host, port, name, BOUNDS | options | {"options": "-c jit=off"},
    ]  # fmt: skip


def test_what_a_database_url_asks_of_the_server_wins_over_ours():
    asked = env.database("postgres://h/n?options=-c%20jit%3Don%20-c%20work_mem%3D8MB")["OPTIONS"]
    assert asked == BOUNDS | {"options": "-c jit=off -c jit=on -c work_mem=8MB"}


def test_a_database_url_may_wait_longer_for_its_server():
    asked = env.database("postgres://h/n?connect_timeout=10&tcp_user_timeout=9000")["OPTIONS"]
    assert (asked["connect_timeout"], asked["tcp_user_timeout"]) == ("10", "9000")


@pytest.mark.django_db
def test_statements_are_not_compiled():
    with connection.cursor() as cursor:
        cursor.execute("show jit")
        assert cursor.fetchone() == ("off",)


@pytest.mark.parametrize(
    "url", ["nonsense", "mysql://u:hush@h/n", "postgres://u:hush@h:x/n", "postgres://u:hush@h"]
)
def test_another_database_url_is_refused_without_telling_its_password(url):
    with pytest.raises(env.Missing, match="must look like") as refused:
        env.database(url)
    assert "hush" not in str(refused.value)


def test_the_table_of_settings_is_what_the_code_reads():
    assert settings_table.PAGE.read_text() == settings_table.page(), "run `make docs`"


def test_statements_of_pages_are_bounded_and_those_of_commands_are_not(tmp_path):
    show = "from django.db import connection as c; print(c.settings_dict['OPTIONS']['options'])"
    for begin, told in (
        ("", "-c jit=off"),
        ("import factcheck.wsgi; ", "-c statement_timeout=30s"),
    ):
        done = manage("shell", "-v0", "-c", begin + show, environment=PRODUCTION, folder=tmp_path)
        assert done.stdout.startswith(told), done.stderr


def test_browsers_are_told_to_insist_on_tls_only_where_asked(tmp_path):
    show = "from django.conf import settings as s; print(s.SECURE_HSTS_SECONDS)"
    for given, told in (({}, "0"), ({"HSTS_SECONDS": "3600"}, "3600")):
        done = manage("shell", "-v0", "-c", show, environment=PRODUCTION | given, folder=tmp_path)
        assert done.stdout.strip() == told, done.stderr


def test_psycopg_3_is_not_here_since_django_would_silently_prefer_it():
    assert find_spec("psycopg") is None


def pins(name: str) -> set[str]:
    text = (ROOT / "requirements" / name).read_text()
    return set(re.findall(r"^([a-z0-9-]+==\S+)", text, re.MULTILINE))


def test_locks_name_no_address_and_agree():
    for lock in ("run.txt", "test.txt"):
        text = (ROOT / "requirements" / lock).read_text()
        assert not re.search(r"://|--(extra-)?index|--find-links|^-", text, re.MULTILINE)
        assert text.count("==") >= len(pins(lock)) > 5
    assert pins("run.txt") <= pins("test.txt")


def test_every_dependency_has_its_reason_on_file():
    reasons = (ROOT / "docs/decisions/0001-dependencies.md").read_text().lower()
    for source in ("run.in", "test.in"):
        text = (ROOT / "requirements" / source).read_text().lower()
        for name in re.findall(r"^[a-z][a-z0-9-]*", text, re.MULTILINE):
            assert f"**{name}**" in reasons


@pytest.mark.django_db
def test_pages_forbid_inline_scripts_frames_and_other_hosts(client):
    headers = client.get("/admin/login/").headers
    policy = headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    for directive in ("default-src 'self'", "object-src 'none'", "frame-ancestors 'none'"):
        assert directive in policy
    assert headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize(("secret", "told"), [("", 0), ("x" * 31, 1), ("x" * 32, 0)])
def test_a_secret_that_could_be_found_by_trying_is_warned_of(settings, secret, told):
    settings.ARCHIVER_SECRET = secret
    found = [each for each in run_checks() if each.id == "annotations.W002"]
    assert len(found) == told
    assert not secret or secret not in str(found), "it is said nowhere"


@pytest.mark.django_db
def test_this_database_passes_its_check():
    assert checks.check_database(["default"]) == []


@pytest.mark.django_db
def test_an_older_server_is_refused(monkeypatch):
    monkeypatch.setattr(checks, "OLDEST_POSTGRESQL", 990000)
    assert [problem.id for problem in checks.check_database(["default"])] == ["annotations.E001"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("trigrams", [False, True])
def test_a_database_that_knows_only_a_to_z_is_refused(trigrams, monkeypatch):
    name = f"{connection.settings_dict['NAME']}_a_to_z"
    with connection.cursor() as cursor:
        cursor.execute(f"drop database if exists {name}")
        cursor.execute(
            f"create database {name} template template0 encoding 'UTF8' "
            "locale_provider libc lc_collate 'C' lc_ctype 'C'"
        )
    other = connection.copy()
    other.settings_dict["NAME"] = name
    monkeypatch.setattr(checks, "connections", {"default": other})
    try:
        if trigrams:
            with other.cursor() as cursor:
                cursor.execute("create extension pg_trgm")
        problems = checks.check_database(["default"])
    finally:
        other.close()
        with connection.cursor() as cursor:
            cursor.execute(f"drop database {name}")
    assert [problem.id for problem in problems] == ["annotations.E002"]


def test_static_files_of_ours_and_of_others_can_be_hashed(settings, tmp_path):
    scripts = tmp_path / "own" / "js"
    scripts.mkdir(parents=True)
    (scripts / "page_under_test.js").write_text('import { b } from "./part_under_test.js";\n')
    (scripts / "part_under_test.js").write_text("export const b = 1;\n")
    settings.STATICFILES_DIRS = [tmp_path / "own", *settings.STATICFILES_DIRS]
    settings.STATIC_ROOT = tmp_path / "all"
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "factcheck.static.HashedStaticFiles"}
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    (page,) = (tmp_path / "all" / "js").glob("page_under_test.*.js")
    (part,) = (tmp_path / "all" / "js").glob("part_under_test.*.js")
    assert f'"./{part.name}"' in page.read_text()


def test_a_changed_or_unlisted_vendored_file_is_told(tmp_path):
    (tmp_path / "a.js").write_bytes(b"a")
    (tmp_path / "b.js").write_bytes(b"b")
    entry = '{"file": "a.js", "name": "a", "version": "1", "licence": "MIT", "sha256": "%s"}'
    (tmp_path / "vendor.json").write_text(f"[{entry % sha256(b'a').hexdigest()}]")
    assert vendor.problems(tmp_path) == ["b.js is not in vendor.json"]
    (tmp_path / "a.js").write_bytes(b"changed")
    (tmp_path / "b.js").unlink()
    assert len(vendor.problems(tmp_path)) == 1


@pytest.mark.heart
@pytest.mark.django_db(transaction=True)
def test_a_page_opens_in_the_browser_without_complaint(new_page):
    page = new_page(refusals=(404,))  # Django's admin has no icon of its own
    page.goto("/admin/login/")
    assert page.locator("input[name=password]").is_visible()


@pytest.mark.heart
@pytest.mark.django_db(transaction=True)
def test_a_browsers_complaints_are_heard(new_page, complaints):
    page = new_page(refusals=(404,))
    page.goto("/admin/login/")
    page.evaluate("console.error('told on the console')")
    page.evaluate("fetch('http://elsewhere.invalid/').catch(() => 0)")
    heard = " ".join(complaints)
    complaints.clear()
    assert "told on the console" in heard
    assert "elsewhere.invalid" in heard
