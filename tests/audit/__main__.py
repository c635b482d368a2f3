"""`make audit`: the Nu HTML checker and Lighthouse over pages with the fixtures' data.

The pages come from a throw-away database and a server inside this process. Exits with 1 and says
what was found; with one sentence where Java, Node or Chromium is not there.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import django
from django.conf import settings

HERE = Path(__file__).parent
WORK = Path("var/audit").resolve()
MODULES = WORK / "node_modules"
HTMX = ".*Attribute “hx-[a-z-]+” not allowed.*"
"""The one thing that is let pass: attributes of htmx, which no browser acts on."""
WANTED = 95
"""The least score of each of Lighthouse's categories, of 100."""


def main() -> int:
    browser = _browser()
    _install()
    django.setup()
    settings.ALLOWED_HOSTS = ["127.0.0.1", "testserver"]
    from django.db import connection
    from django.test.utils import setup_test_environment

    setup_test_environment()
    connection.settings_dict["TEST"]["NAME"] = "factcheck_audit"
    kept = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        from tests.audit import pages

        pages.load()
        checked = pages.save_all(WORK / "pages")
        found = _check_html(checked)
        with pages.served() as home:
            for name, path in pages.read_most().items():
                found += _measure(name, home + path, browser)
    finally:
        connection.creation.destroy_test_db(kept, verbosity=0)
    print("\n".join(found) or f"{len(checked)} pages without an error.")
    return 1 if found else 0


def _browser() -> str:
    """The path of Chromium; exits with a sentence where something is not installed."""
    from tests import chromium

    missing = [
        name
        for name, there in (
            ("Java", shutil.which("java")),
            ("Node", shutil.which("node") and shutil.which("npm")),
            ("Chromium", chromium.find()),
        )
        if not there
    ]
    if missing:
        sys.exit(f"`make audit` needs {' and '.join(missing)}, not found here.")
    return str(chromium.find())


def _install() -> None:
    """The pinned packages into var/audit, once for each lock, their hashes checked."""
    lock = (HERE / "package-lock.json").read_bytes()
    stamp = WORK / "installed.json"
    if stamp.exists() and stamp.read_bytes() == lock:
        return
    WORK.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, WORK / name)
    command = ["npm", "install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund"]
    subprocess.run(command, cwd=WORK, check=True)
    stamp.write_bytes(lock)


def _check_html(files: list[Path]) -> list[str]:
    """What the Nu HTML checker calls an error, a line each."""
    jar = MODULES / "vnu-jar/build/dist/vnu.jar"
    command = ["java", "-jar", str(jar), "--errors-only", "--format", "gnu", "--stdout"]
    command += ["--filterpattern", HTMX]
    done = subprocess.run([*command, *map(str, files)], capture_output=True, text=True, check=False)
    lines = [line for line in (done.stdout + done.stderr).splitlines() if line]
    return lines or ([] if done.returncode == 0 else ["The Nu HTML checker did not run."])


def _measure(name: str, url: str, browser: str) -> list[str]:
    """Print Lighthouse's scores of a page; return those below what is wanted, a line each."""
    report = WORK / f"{name}.json"
    report.unlink(missing_ok=True)
    command = ["node", str(MODULES / "lighthouse/cli/index.js"), url, "--quiet"]
    command += ["--output=json", f"--output-path={report}", "--no-enable-error-reporting"]
    flags = "--headless=new" + (" --no-sandbox" if os.geteuid() == 0 else "")
    command += [
        f"--chrome-flags={flags}",
        "--only-categories=performance,accessibility,best-practices,seo",
    ]
    subprocess.run(command, env=os.environ | {"CHROME_PATH": browser}, check=True, timeout=180)
    categories = json.loads(report.read_text(encoding="utf-8"))["categories"]
    scores = {what: round((row["score"] or 0) * 100) for what, row in categories.items()}
    print(f"{name}:", ", ".join(f"{what} {got}" for what, got in scores.items()), flush=True)
    return [f"{url}: {what} {got}" for what, got in scores.items() if got < WANTED]


if __name__ == "__main__":
    sys.exit(main())
