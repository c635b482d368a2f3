"""A bare Debian of one's own: its base system, booted beside this machine, with a network.

It needs root, and what Debian calls debootstrap, systemd-container and slirp4netns.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.serving import ROOT

NEEDED = ("debootstrap", "systemd-nspawn", "slirp4netns", "nsenter")
MIRROR = "http://deb.debian.org/debian"
SECURITY = "http://deb.debian.org/debian-security"
NAMES = "10.0.2.3"
"""Where slirp4netns answers questions after names."""
KEPT = ROOT / "var/debian"
"""Base systems and their packages, so that a second drill fetches nothing again."""
OF_INDEXES = ("cert", "index-url", "proxy", "trusted-host")
AUTHORITIES = "/root/authorities-of-pip.pem"
"""The authorities that pip believes here, where another than Debian's stands before the network."""
SEEN = "/mnt/source"
CACHES = {"packages": "/var/cache/apt/archives", "pip": "/root/.cache/pip"}
"""What the machine keeps of what it fetched, for the next one."""
ONE_COMMAND = 900
"""Seconds after which a command is given up: a bound, never a measure."""


def needs() -> None:
    """Fail in a sentence where a machine cannot be made. Nothing is skipped in silence."""
    missing = [name for name in NEEDED if not shutil.which(name)]
    assert os.geteuid() == 0, (
        "A machine of its own is booted by root only: run this drill as root, or leave it out by"
        " `make drill MACHINE=no`."
    )
    assert not missing, (
        f"{', '.join(missing)} not found: apt-get install debootstrap systemd-container"
        " slirp4netns, or leave this drill out by `make drill MACHINE=no`."
    )


@dataclass
class Machine:
    """A Debian that runs; `leader` is the id of its first process, as seen from here."""

    root: Path
    leader: int

    def run(self, commands: str, **given: str) -> str:
        """What root's shell in it says to these commands; fails with all that was said."""
        variables = {
            "HOME": "/root",
            "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin",
            "DEBIAN_FRONTEND": "noninteractive",  # nobody is there to be asked
        }
        done = subprocess.run(
            [*self.inside("--all"), "bash", "-euo", "pipefail", "-c", commands],
            env=variables | told_to_pip() | given, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, check=False, timeout=ONE_COMMAND,
        )  # fmt: skip
        assert done.returncode == 0, f"{commands}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def at_its_network(self, *command: str | Path, **given: str) -> str:
        """What a program of this machine says that asks over the other's loopback."""
        done = subprocess.run(
            [*self.inside("--net"), *command],
            env=os.environ | given, cwd=ROOT, capture_output=True, text=True, check=False,
            timeout=ONE_COMMAND,
        )  # fmt: skip
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def inside(self, *spaces: str) -> list[str]:
        return ["nsenter", "--target", str(self.leader), *spaces, "--"]

    def path(self, name: str) -> Path:
        """A file of it, as seen from here."""
        return self.root / name.lstrip("/")

    def ask(self, question: Callable[[], bool], why: str) -> None:
        """Wait until something is so."""
        waits = iter(lambda: subprocess.run(["sleep", "0.2"], check=True), None)
        assert any(question() for _wait, _turn in zip(waits, range(600), strict=False)), why

    def is_so(self, command: str) -> bool:
        done = subprocess.run(
            [*self.inside("--all"), "bash", "-c", command],
            env={"PATH": "/usr/sbin:/usr/bin"}, capture_output=True, check=False,
        )  # fmt: skip
        return done.returncode == 0


def said_to_pip() -> dict[str, str]:
    """How pip is told to reach an index from here, by the name of each setting."""
    told = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True, check=True
    ).stdout
    said = dict(re.findall(r"^[\w:]+\.([\w-]+)='(.*)'$", told, re.MULTILINE))
    return {name: said[name] for name in OF_INDEXES if name in said}


def told_to_pip() -> dict[str, str]:
    """The same for the machine, as variables of the environment."""
    said = said_to_pip()
    if "cert" in said:
        said["cert"] = AUTHORITIES
    return {f"PIP_{name.upper().replace('-', '_')}": value for name, value in said.items()}


def kept(name: str, suite: str) -> Path:
    folder = KEPT / f"{name}-{suite}"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def base_system(suite: str) -> Path:
    """The packed base system of a Debian; made once."""
    packed = KEPT / f"{suite}.tar"
    if not packed.exists():
        folder = KEPT / f"{suite}.new"
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run(
            ["debootstrap", "--variant=minbase", f"--cache-dir={kept('packages', suite)}",
             "--include=systemd-sysv,dbus", suite, folder, MIRROR],
            check=True, capture_output=True,
        )  # fmt: skip
        subprocess.run(["tar", "-C", folder, "-cf", f"{packed}.part", "."], check=True)
        Path(f"{packed}.part").rename(packed)
        shutil.rmtree(folder)
    return packed


@contextmanager
def debian(suite: str, folder: Path, seen: Path) -> Iterator[Machine]:
    """A bare Debian of this suite below the folder, booted, and shut down at the end.

    It sees `seen` of this machine at SEEN, and may only read it.
    """
    root = folder / suite
    root.mkdir()
    subprocess.run(["tar", "-C", root, "-xf", base_system(suite)], check=True)
    (root / "etc/apt/sources.list").write_text(
        f"deb {MIRROR} {suite} main\ndeb {MIRROR} {suite}-updates main\n"
        f"deb {SECURITY} {suite}-security main\n"
    )
    (root / "etc/resolv.conf").unlink(missing_ok=True)
    (root / "etc/resolv.conf").write_text(f"nameserver {NAMES}\n")
    # What Debian's installer writes, and debootstrap does not.
    (root / "etc/hosts").write_text("127.0.0.1 localhost\n::1 localhost ip6-localhost\n")
    (root / "etc/apt/apt.conf.d/keep").write_text(
        'Binary::apt::APT::Keep-Downloaded-Packages "true";\n'
    )
    if cert := said_to_pip().get("cert"):
        shutil.copy(cert, f"{root}{AUTHORITIES}")
    with booted(root, suite, seen) as machine:
        yield machine


@contextmanager
def booted(root: Path, suite: str, seen: Path) -> Iterator[Machine]:
    with (
        (root.parent / "console").open("wb") as console,
        subprocess.Popen(
            ["systemd-nspawn", "--quiet", f"--directory={root}", "--boot", "--register=no",
             "--keep-unit", "--console=pipe", "--private-network", "--resolv-conf=off",
             f"--machine=factcheck-{os.getpid()}", f"--bind-ro={seen}:{SEEN}",
             *[f"--bind={kept(name, suite)}:{there}" for name, there in CACHES.items()]],
            # The one tree of groups of processes that every systemd since 2017 knows.
            env=os.environ | {"SYSTEMD_NSPAWN_UNIFIED_HIERARCHY": "1"},
            stdin=subprocess.DEVNULL, stdout=console, stderr=subprocess.STDOUT,
        ) as nspawn,
    ):  # fmt: skip
        try:
            machine = Machine(root, first_process_of(nspawn, root.parent / "console"))
            with network_of(machine):
                yield machine
        finally:
            nspawn.terminate()  # it shuts the other down
            nspawn.wait(120)


def first_process_of(nspawn: subprocess.Popen, console: Path) -> int:
    children = Path(f"/proc/{nspawn.pid}/task/{nspawn.pid}/children")
    for _turn in range(300):
        assert nspawn.poll() is None, console.read_text()
        for child in children.read_text().split():
            machine = Machine(Path("/"), int(child))
            if machine.is_so("systemctl is-system-running --wait | grep -E 'running|degraded'"):
                return machine.leader
        subprocess.run(["sleep", "0.1"], check=True)
    raise AssertionError(f"It does not boot: {console.read_text()}")


@contextmanager
def network_of(machine: Machine) -> Iterator[None]:
    """A way out for it, through this machine, that needs no rule of a firewall."""
    read, write = os.pipe()
    with subprocess.Popen(
        ["slirp4netns", "--configure", "--mtu=1400", "--disable-host-loopback",
         f"--ready-fd={write}", str(machine.leader), "tap0"],
        pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ) as slirp:  # fmt: skip
        os.close(write)
        try:
            assert os.read(read, 1), "it has no network"
            yield
        finally:
            os.close(read)
            slirp.terminate()
