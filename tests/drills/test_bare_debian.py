"""docs/deploy.md is followed word for word on a Debian that has nothing, with systemd and proxies.

Every command of the page, in its order, is given to a root shell of a machine that is made for it
(tests/drills/bare.py). Beside the page, the drill only does what a newsroom has around it: names
that resolve, a mail server, and an authority that gives certificates by ACME as Let's Encrypt does.
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.drills import bare, newsroom, spread
from tests.drills.bare import Machine
from tests.drills.newsroom import Story
from tests.serving import ROOT

pytestmark = pytest.mark.machine

PAGE = ROOT / "docs/deploy.md"
SITE = "factcheck.example"
AUTHORITY = "acme-v02.api.letsencrypt.org"
SUITES = ("bookworm", "trixie")

AROUND = f"""
cat >> /etc/hosts <<END
127.0.0.1 {SITE} mail.{SITE}
127.0.0.2 {AUTHORITY}
END
apt-get update --quiet
apt-get install --yes --quiet --no-install-recommends nftables openssl ca-certificates
cd /root
apt-get download caddy
dpkg --extract caddy_*.deb {bare.HOME}/acme
openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj "/CN=mail.{SITE}" \\
    -addext "subjectAltName=DNS:mail.{SITE}" -keyout mail.key -out mail.crt 2> /dev/null
cp mail.crt /usr/local/share/ca-certificates/mail.crt
cat > acme.conf <<END
{{
    admin off
    storage file_system {bare.HOME}/acme/kept
    skip_install_trust
    auto_https disable_redirects
    http_port 14001
    https_port 14000
}}
{AUTHORITY} {{
    tls internal
    rewrite /directory /acme/local/directory
    acme_server
}}
END
systemd-run --quiet --unit=authority --setenv=HOME=/root \\
    {bare.HOME}/acme/usr/bin/caddy run --config {bare.HOME}/acme.conf --adapter caddyfile
nft add table ip nat
nft 'add chain ip nat output {{ type nat hook output priority -100; }}'
nft add rule ip nat output ip daddr 127.0.0.2 tcp dport 443 redirect to :14000
until test -s acme/kept/pki/authorities/local/root.crt; do sleep 0.1; done
cp acme/kept/pki/authorities/local/root.crt /usr/local/share/ca-certificates/authority.crt
update-ca-certificates
"""
"""What is not ours: names, mail's certificate, and Let's Encrypt. It stands in for these only."""


def section(title: str) -> str:
    """The page below this heading, up to the next."""
    (_before, found) = PAGE.read_text().split(f"\n## {title}\n", 1)
    return found.split("\n## ", 1)[0]


def commands(title: str, tag: str = "") -> str:
    """All commands of a section in their order, or those that follow `<!-- tag -->`."""
    before = rf"<!-- {re.escape(tag)} -->\n" if tag else ""
    blocks = re.findall(rf"{before}\n((?:    .*\n|\n(?=    ))+)", section(title))
    assert blocks, (title, tag)
    return "\n".join(re.sub(r"^    ", "", block, flags=re.MULTILINE) for block in blocks)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is committed here as v0.1.0, and a release after it that brings a migration."""
    folder = tmp_path_factory.mktemp("source") / "factcheck"

    def git(*command: str) -> None:
        who = ("-c", "user.name=Drill", "-c", "user.email=drill@factcheck.example")
        subprocess.run(["git", "-C", folder, *who, *command], check=True, capture_output=True)

    subprocess.run(["git", "clone", "--quiet", ROOT, folder], check=True)
    git("tag", "v0.1.0")
    last = max((folder / "annotations/migrations").glob("0*.py")).stem
    (folder / "annotations/migrations/9999_of_the_drill.py").write_text(
        "from django.db import migrations\n\n\nclass Migration(migrations.Migration):\n"
        f'    dependencies = [("annotations", "{last}")]\n'
        '    operations = [migrations.RunSQL("create table of_the_drill (id int)",'
        ' "drop table of_the_drill")]\n'
    )
    git("add", "--all")
    git("commit", "--quiet", "-m", "A release after")
    git("tag", "v0.2.0")
    git("checkout", "--quiet", "v0.1.0")
    return folder


@pytest.fixture(params=SUITES)
def machine(request: pytest.FixtureRequest, source: Path, tmp_path: Path) -> Iterator[Machine]:
    bare.needs()
    with bare.debian(request.param, tmp_path, seen=source) as machine:
        machine.run(AROUND)
        yield machine


class Site:
    """The site on the machine, as the page is followed."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self.took = 0.0
        """Seconds that the page's commands have run: told, and nothing is asserted of them."""

    def follow(self, title: str, tag: str = "") -> str:
        # What the head of the page asks to be set, as its reader would.
        given = commands_of_head().replace("https://git.factcheck.example/factcheck.git", bare.SEEN)
        began = time.monotonic()
        said = self.machine.run(f"cd /root\n{given}\n{commands(title, tag)}")
        seconds = time.monotonic() - began
        self.took += seconds
        step = f"{title} ({tag})" if tag else title
        print(f"{step}: {seconds:.0f} s; {self.took / 60:.1f} min so far")
        return said

    def status(self, path: str = "/") -> str:
        """The status that a client gets over TLS, with the certificate looked at."""
        asked = (
            f"curl --silent --output /dev/null --write-out '%{{http_code}}' https://{SITE}{path}"
        )
        return self.machine.run(f"{asked} || true")

    def comes_back(self, path: str = "/readyz", port: int = 8000) -> None:
        told = f"curl --silent --fail -H 'Host: {SITE}' http://127.0.0.1:{port}{path}"
        self.machine.ask(lambda: self.machine.is_so(told), f"{path} does not come back")

    def settles(self) -> None:
        self.machine.ask(lambda: self.status("/healthz") == "200", "the proxy does not answer")


def commands_of_head() -> str:
    head = PAGE.read_text().split("\n## ", 1)[0]
    return "\n".join(re.findall(r"^    (export .+)$", head, re.MULTILINE))


def strain(machine: Machine) -> None:
    """Slow clients at the proxy's own port, and an answer meanwhile."""
    print(machine.at_its_network(sys.executable, "-m", "tests.drills.strain", SITE))


def test_the_page_is_followed_on_a_machine_that_has_nothing(machine):
    site = Site(machine)
    for title in ("1. Packages, a user, folders", "2. The database", "3. The code", "4. Settings"):
        site.follow(title)
    said = site.follow("5. Tables, files, the first desk")
    (link,) = re.findall(rf"https://{SITE}/invitations/\S+", said)
    site.follow("6. systemd")
    site.comes_back()
    units_are_sound(machine)

    site.follow("7. The proxy", "nginx")
    site.settles()
    site.follow("8. Is it there?")
    seen_from_outside(site)
    mail = [machine.path(f"{bare.HOME}/mail.{kind}") for kind in ("crt", "key")]
    told = machine.at_its_network(sys.executable, "-m", "tests.drills.visitors", SITE, link, *mail)
    address = told.strip()
    strain(machine)

    machine.run("systemctl disable --now nginx")
    site.follow("7. The proxy", "caddy")
    site.settles()
    seen_from_outside(site)
    strain(machine)
    reads(site, address)

    comes_back_by_itself(site)
    a_backup_each_night(machine)
    site.follow("Upgrading, and going back", "upgrade")
    site.comes_back()
    assert "of_the_drill" in machine.run("factcheck-manage showmigrations annotations")
    reads(site, address)
    site.follow("Upgrading, and going back", "back")
    site.comes_back()  # the release before, on the tables of the next
    reads(site, address)
    site.follow("Upgrading, and going back", "restore")
    site.comes_back()
    reads(site, address)
    on_two_hosts(site, address)


def on_two_hosts(site: Site, address: str) -> None:
    """Behind PgBouncer and with a standby: work goes on from one host to the other."""
    machine = site.machine
    spread.spread(machine)
    site.settles()
    story = newsroom.FERRY
    told = machine.at_its_network(sys.executable, "-m", "tests.drills.visitors", SITE)
    assert min(spread.served(machine, host) for host in ("one", "two")) > 10
    reads(site, told.strip(), story)
    assert spread.asked_of_standby(machine) > 0
    spread.lose_standby(machine)
    reads(site, told.strip(), story)
    reads(site, address)


def units_are_sound(machine: Machine) -> None:
    machine.run("systemd-analyze verify /etc/systemd/system/factcheck-*")
    for unit in ("web", "worker", "backup"):
        # Out of 100, 0 the best: "OK" begins below 50; whoever adds a right sees it here.
        machine.run(f"systemd-analyze security --threshold=30 factcheck-{unit}")


def seen_from_outside(site: Site) -> None:
    assert site.status("/login/") == "200"
    assert site.status("/readyz") == site.status("/metrics") == "403"
    asked = (
        f"curl --silent --head http://{SITE}/login/ | grep -i '^location: https://{SITE}/login/'"
    )
    assert site.machine.is_so(asked)


def reads(site: Site, address: str, story: Story = newsroom.PORT) -> None:
    assert story.claim in site.machine.run(f"curl --silent --fail --show-error {address}")


def comes_back_by_itself(site: Site) -> None:
    """The worker killed, the database away for longer than systemd's patience, the machine's own
    restart of all units: nothing is given up."""
    machine = site.machine
    machine.run("systemctl kill --signal=KILL factcheck-web factcheck-worker")
    site.comes_back()
    machine.run("systemctl stop postgresql && systemctl restart factcheck-web factcheck-worker")
    site.comes_back("/healthz")
    assert site.status("/") == "503"
    machine.run("sleep 15; systemctl start postgresql")
    site.comes_back()
    both = "systemctl is-active factcheck-web && systemctl is-active factcheck-worker"
    machine.ask(lambda: machine.is_so(both), "one was given up")


def a_backup_each_night(machine: Machine) -> None:
    assert "factcheck-backup.timer" in machine.run("systemctl list-timers")
    machine.run("systemctl start factcheck-backup")
    made = machine.run("find /var/backups/factcheck -name '*.zip' -user factcheck -perm 600")
    assert len(made.splitlines()) == 1
