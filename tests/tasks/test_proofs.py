"""Each day has a root of what was saved and published: authorities stamp it, strangers check it."""

from __future__ import annotations

import datetime as dt
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db import Error, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from annotations import blobs, workflow
from annotations.capture import recording
from annotations.capture.fetch import Bounds
from annotations.models import Capture, DailyRoot, Edition, RootLeaf, Snapshot, Source, Stamp
from annotations.tasks.proofs import make_root, stamp_next
from annotations.workflow import proofs
from tests import cast as c
from tests.capture import servers

from .authority import Authority, serving

YEAR = dt.timedelta(days=365)


@pytest.fixture
def authority(tmp_path: Path, settings) -> Iterator[Authority]:
    folder = tmp_path / "authority"
    folder.mkdir()
    with serving(folder) as found:
        settings.TIMESTAMP_AUTHORITIES = [found.address]
        settings.TIMESTAMP_CERTIFICATES = str(folder / "ca.pem")
        yield found


def save(cast: c.Cast, data: bytes = b"What the page said.") -> Snapshot:
    source = Source.objects.create(desk=cast.desk, title="Register", added_by=cast.ann)
    return workflow.keep_copy(source, data, person=cast.ann, name="register.txt")


def over(days: int = 1) -> dt.datetime:
    """When today, and so many days less one after it, are over."""
    return timezone.now() + dt.timedelta(days=days)


def client_of(person: object) -> Client:
    client = Client()
    client.force_login(person)  # type: ignore[arg-type]
    return client


def verified() -> str:
    """What `verify_proofs` complains of."""
    errors = io.StringIO()
    with pytest.raises(CommandError):
        call_command("verify_proofs", stdout=io.StringIO(), stderr=errors)
    return errors.getvalue()


def unpacked(data: bytes, folder: Path) -> Path:
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        opened.extractall(folder)
    return folder


def check_by_hand(folder: Path, *certificates: str) -> subprocess.CompletedProcess[str]:
    """As a stranger would: the script of the archive, with sha256sum and openssl."""
    command = ["sh", str(folder / "verify.sh"), *certificates]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_a_stranger_sees_with_openssl_alone_when_a_copy_was_there(cast, authority, tmp_path):
    copy = save(cast)
    make_root(over())
    assert stamp_next()
    assert not stamp_next()
    page = client_of(cast.ann).get(reverse("read_copy", args=[copy.uuid])).content.decode()
    assert f"stamped by {authority.address}" in page
    answer = client_of(cast.ann).get(reverse("copy_proof", args=[copy.uuid]))
    assert answer["Content-Type"] == "application/zip"
    folder = unpacked(answer.content, tmp_path / "proof")
    assert (folder / "document").read_bytes() == b"What the page said."
    seen = check_by_hand(folder, str(authority.folder / "ca.pem"))
    assert seen.returncode == 0, seen.stderr
    assert "The document is in the tree of" in seen.stdout
    assert "Verification: OK" in seen.stdout + seen.stderr
    assert "Time stamp:" in seen.stdout
    call_command("verify_proofs", stdout=io.StringIO())
    (folder / "document").write_bytes(b"What the page did not say.")
    assert check_by_hand(folder).returncode == 1


@pytest.fixture
def fetched(cast) -> Snapshot:
    """A copy of a page that was fetched through a redirect, with its WARC file."""
    with (
        servers.serving(servers.page(b"<p>What the page said.")) as server,
        servers.serving(servers.redirect(f"http://{server.name}/")) as first,
    ):
        names = [server.name, first.name]
        allowed = Bounds(ports=[server.port, first.port], allowed=names)
        answers = recording.follow(f"http://{first.name}/old", allowed)
    copy = save(cast, answers[-1].data)
    warc = blobs.keep(recording.warc(answers, "test")).sha256
    Capture.objects.create(
        source=copy.source, address=answers[0].address, host=first.name, wanted_by=cast.ann,
        state="saved", snapshot=copy, warc=warc, finished_at=timezone.now(),
    )  # fmt: skip
    return copy


def test_a_stranger_sees_with_warcio_too_what_was_asked_and_answered(
    cast, authority, fetched, tmp_path
):
    url = reverse("record_proof", args=[fetched.uuid])
    assert "made when the day is over" in client_of(cast.ann).get(url, follow=True).content.decode()
    make_root(over())
    assert stamp_next()
    page = client_of(cast.ann).get(reverse("read_copy", args=[fetched.uuid])).content.decode()
    assert url in page
    folder = unpacked(client_of(cast.ann).get(url).content, tmp_path / "proof")
    seen = check_by_hand(folder, str(authority.folder / "ca.pem"))
    assert seen.returncode == 0, seen.stderr
    assert "Verification: OK" in seen.stdout + seen.stderr
    readme = (folder / "README.txt").read_text()
    assert fetched.sha256 in readme
    document = str(folder / "document")
    assert "fail" not in warcio("check", "-v", document)
    lines = warcio("index", "-f", "offset,warc-type,http:status", document).splitlines()
    rows = [json.loads(line) for line in lines]
    (at,) = (row["offset"] for row in rows if row.get("http:status") == "200")
    said = warcio("extract", "--payload", document, at)
    assert sha256(said.encode()).hexdigest() == fetched.sha256
    assert client_of(cast.stranger).get(url).status_code == 404


def warcio(*args: str) -> str:
    """As a stranger runs it, from where the README says that it is."""
    tool = Path(sys.executable).with_name("warcio")
    done = subprocess.run([tool, *args], capture_output=True, text=True, timeout=60, check=True)
    return done.stdout


def test_a_recording_that_was_changed_has_no_proof(cast, fetched):
    make_root(over())
    storages["blobs"].delete(blobs.name_of(fetched.captures.get().warc))
    url = reverse("record_proof", args=[fetched.uuid])
    assert "no proof of its recording" in client_of(cast.ann).get(url, follow=True).content.decode()


def test_a_stamp_is_verified_where_it_is_shown(cast, authority, settings):
    copy = save(cast)
    make_root(over())
    stamp_next()
    url = reverse("read_copy", args=[copy.uuid])

    def shown() -> str:
        return client_of(cast.ann).get(url).content.decode()

    assert "verified just now" in shown()
    settings.TIMESTAMP_CERTIFICATES = ""
    assert "stamped by" in shown()
    assert "verified just now" not in shown()
    settings.TIMESTAMP_CERTIFICATES = str(authority.folder / "tsa.pem")
    tampered("update annotations_stamp set token = token || '\\x00'::bytea")
    assert "proves nothing" in shown()
    assert "stamped by" not in shown()


def test_readers_get_the_proof_of_an_edition_without_the_names_of_who_checked(cast, tmp_path):
    _article, claim = cast.published()
    claim.refresh_from_db()
    url = reverse("edition_proof", args=[claim.edition.uuid])
    assert url in Client().get(_page_of(claim)).content.decode()
    assert Client().get(url).status_code == 202, "not yet"
    make_root(over())
    answer = Client().get(url)
    assert Client().get(url, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    folder = unpacked(answer.content, tmp_path / "proof")
    document = (folder / "document").read_text()
    assert "We looked." in document
    assert '"checked":[' not in document
    assert '"checked":' in document
    seen = check_by_hand(folder)
    assert seen.returncode == 0, seen.stderr
    assert "No authority has stamped this root." in seen.stdout
    workflow.retract(claim, actor=cast.mia, why="It was wrong.")
    assert Client().get(url).status_code == 404, "what was taken back is told no more"


def _page_of(claim: object) -> str:
    row = claim  # a claim
    return reverse("public_claim", args=[row.desk.slug, row.number, row.slug])  # type: ignore[attr-defined]


def test_a_proof_holds_when_a_name_was_taken_out(cast):
    cast.published()
    make_root(over())
    workflow.erase_person(cast.ann, reason="She asked for it.")
    call_command("verify_proofs", stdout=io.StringIO())


def test_roots_follow_each_other_and_are_published(cast, authority):
    save(cast)
    make_root(over())
    make_root(over())  # the hour after: it is made
    save(cast, b"Another page.")
    make_root(over(days=2))
    stamp_next()
    stamp_next()
    answer = Client().get(reverse("roots"))
    assert answer["Access-Control-Allow-Origin"] == "*"
    newest, first = answer.json()["roots"]
    assert first["previous"] is None
    assert newest["previous"] == first["root"]
    assert newest["stamps"][0]["authority"] == authority.address
    again = Client().get(reverse("roots"), headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    make_root(over(days=9))  # no worker ran for a week: the next root has all of it
    assert Client().get(reverse("roots")).json()["roots"][0]["previous"] == newest["root"]
    assert DailyRoot.objects.count() == 3


def test_a_quiet_day_and_a_busy_one_look_alike(cast):
    """Nobody learns from the way to the root how much others have saved."""
    copy = save(cast)
    make_root(over())
    lonely = _path(cast, copy)
    for number in range(5):
        copy = save(cast, f"Page {number}".encode())
    make_root(over(days=2))
    assert len(_path(cast, copy)) == len(lonely) == 10


def _path(cast: c.Cast, copy: Snapshot) -> list[str]:
    answer = client_of(cast.ann).get(reverse("copy_proof", args=[copy.uuid]))
    with zipfile.ZipFile(io.BytesIO(answer.content)) as opened:
        return opened.read("path.txt").decode().splitlines()


def test_the_proof_of_a_copy_is_for_those_who_may_see_it(cast):
    _article, claim = cast.checking()
    c.annotate(claim, cast.ann)
    source = Source.objects.get(added_by=cast.ann)
    copy = workflow.keep_copy(source, b"Hers.", person=cast.ann)
    make_root(over())
    url = reverse("copy_proof", args=[copy.uuid])
    assert client_of(cast.ben).get(url).status_code == 404
    assert client_of(cast.stranger).get(url).status_code == 404
    assert client_of(cast.ann).get(url).status_code == 200


def test_an_authority_that_is_away_or_odd_is_asked_again(cast, authority):
    save(cast)
    make_root(over())
    authority.is_away = True
    assert stamp_next()
    assert Stamp.objects.get().problem == "The authority answers 503."
    assert not stamp_next(), "not before it is due"
    authority.is_away, authority.is_odd = False, True
    _due()
    assert stamp_next()
    assert "gave no stamp" in Stamp.objects.get().problem
    authority.is_odd = False
    _due()
    assert stamp_next()
    stamp = Stamp.objects.get()
    assert (stamp.state, stamp.tries, stamp.problem) == ("stamped", 3, "")


def test_nobody_at_the_address_is_no_stamp(cast, settings):
    settings.TIMESTAMP_AUTHORITIES = ["http://127.0.0.1:9/tsa"]
    save(cast)
    make_root(over())
    assert stamp_next()
    assert Stamp.objects.get().problem == "The authority does not answer: ConnectionRefusedError"


def _due() -> None:
    Stamp.objects.update(next_try_at=timezone.now())


def test_a_stamp_below_another_certificate_is_none(cast, authority, tmp_path, settings):
    other = tmp_path / "other"
    other.mkdir()
    with serving(other):
        settings.TIMESTAMP_CERTIFICATES = str(other / "ca.pem")
    save(cast)
    make_root(over())
    assert stamp_next()
    assert "not signed as it should be" in Stamp.objects.get().problem


def tampered(statement: str) -> None:
    """Somebody at the database, with all its guards off."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set local session_replication_role = replica")
        cursor.execute(statement)
        cursor.execute("set local session_replication_role = origin")


def test_what_was_changed_is_told_be_it_copy_edition_leaf_root_or_stamp(cast, authority):
    cast.published()
    copy = save(cast)
    make_root(over())
    make_root(over(days=2))
    stamp_next()
    stamp_next()
    edition = Edition.objects.latest("pk")
    row = f"where id = {edition.pk}"
    tampered(f"update annotations_edition set content = content || '{{\"x\": 1}}' {row}")
    assert f"edition {edition.uuid} is not what it was" in verified()
    tampered(f"update annotations_edition set content = content - 'x' {row}")
    call_command("verify_proofs", stdout=io.StringIO())

    path = Path(storages["blobs"].path(blobs.name_of(copy.sha256)))
    path.write_bytes(b"Something else.")
    assert f"copy {copy.uuid} is not what it was" in verified()
    path.unlink()
    assert f"copy {copy.uuid} is missing" in verified()
    blobs.keep(b"What the page said.")

    leaf = RootLeaf.objects.get(snapshot=copy)
    tampered(f"update annotations_rootleaf set digest = repeat('a', 64) where id = {leaf.pk}")
    told = verified()
    assert "the root of" in told
    assert f"copy {copy.uuid} is not what it was" in told
    tampered(f"update annotations_rootleaf set digest = '{leaf.digest}' where id = {leaf.pk}")

    first, last = DailyRoot.objects.order_by("day")
    table, row = "annotations_dailyroot", f"where id = {last.pk}"
    tampered(f"update {table} set root = repeat('b', 64) {row}")
    assert "proves nothing: It stamps something else." in verified()
    tampered(f"update {table} set root = '{last.root}', previous_id = null {row}")
    assert "does not follow the one before it" in verified()
    tampered(f"update {table} set previous_id = {first.pk} {row}")

    tampered("update annotations_stamp set stamped_at = stamped_at - interval '1 year'")
    assert "says" in verified()
    tampered("update annotations_stamp set stamped_at = stamped_at + interval '1 year'")
    tampered("update annotations_stamp set token = substring(token from 1 for 100)")
    assert "proves nothing" in verified()


def test_the_database_refuses_to_change_a_root_its_leaves_and_a_stamp(cast, authority):
    save(cast)
    make_root(over())
    stamp_next()
    for change in (
        lambda: DailyRoot.objects.update(root="c" * 64),
        lambda: RootLeaf.objects.update(digest="c" * 64),
        lambda: Stamp.objects.update(token=b"other"),
        lambda: Stamp.objects.update(authority="http://other.example"),
        lambda: RootLeaf.objects.all().delete(),
    ):
        with pytest.raises(Error, match="append-only"), transaction.atomic():
            change()


def test_a_day_has_one_root_and_each_thing_stands_in_one(cast):
    save(cast)
    until = timezone.now().date()
    assert proofs.make_root(until, []) is not None
    assert proofs.make_root(until, []) is None
    assert proofs.make_root(until - dt.timedelta(days=1), []) is None
    assert RootLeaf.objects.count() == 1
