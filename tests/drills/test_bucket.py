"""Kept bytes in a bucket, on a server of others that speaks as S3 does and looks at keys.

`make drill` installs it into an environment of its own (requirements/bucket.in); why not into that
of the tests is in docs/decisions/0089.
"""

from __future__ import annotations

import io
import os
import re
import subprocess
import tracemalloc
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import boto3
import pytest
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from annotations import blobs, bucket, workflow
from annotations.models import Capture, Snapshot, Source
from annotations.tasks.captures import capture_next
from factcheck import env
from tests import cast as c
from tests.capture import servers
from tests.drills.relay import Relay
from tests.serving import ROOT
from tests.tasks.test_captures import cite, site, wait_out

pytestmark = pytest.mark.drill

PROGRAM = ROOT / "var/bucket/bin/python"
BUCKET, REGION = "copies", "eu-west-1"
DATA = bytes(range(256)) * 4096
LARGE = 40 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Server:
    """A server with the bucket, and the keys of the one who may use it."""

    port: int
    access: str
    secret: str

    def client(self) -> Any:
        return boto3.client(
            "s3",
            region_name=REGION,
            endpoint_url=f"http://127.0.0.1:{self.port}",
            aws_access_key_id=self.access,
            aws_secret_access_key=self.secret,
        )

    def names(self) -> list[str]:
        client = self.client()
        found = client.list_objects_v2(Bucket=BUCKET).get("Contents", [])
        client.close()
        return [each["Key"] for each in found]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    assert PROGRAM.exists(), "`make var/bucket/.installed` installs the server first."
    log = tmp_path_factory.mktemp("bucket") / "log"
    with (
        log.open("wb") as written,
        subprocess.Popen(
            [PROGRAM, "-m", "moto.server", "-H", "127.0.0.1", "-p", "0"],
            # From the fifth thing that is asked of it, it looks at keys and signatures.
            env={"PATH": os.environ["PATH"], "INITIAL_NO_AUTH_ACTION_COUNT": "4"},
            stdout=written, stderr=subprocess.STDOUT,
        ) as process,
    ):  # fmt: skip
        try:
            yield _prepared(_port(process, log))
        finally:
            process.terminate()


def _port(process: subprocess.Popen, log: Path) -> int:
    for _turn in range(6000):
        assert process.poll() is None, log.read_text()
        if found := re.search(r"Running on http://127\.0\.0\.1:(\d+)", log.read_text()):
            return int(found[1])
        try:
            process.wait(0.01)
        except subprocess.TimeoutExpired:
            continue
    raise AssertionError(log.read_text())


def _prepared(port: int) -> Server:
    """The four things that may be asked without a key: a person, a key, a right, a bucket."""
    said = {
        "region_name": REGION,
        "endpoint_url": f"http://127.0.0.1:{port}",
        "aws_access_key_id": "nobody",
        "aws_secret_access_key": "nothing",
    }
    people = boto3.client("iam", **said)
    people.create_user(UserName="desk")
    key = people.create_access_key(UserName="desk")["AccessKey"]
    people.put_user_policy(
        UserName="desk",
        PolicyName="copies",
        PolicyDocument='{"Version": "2012-10-17", "Statement":'
        ' [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}',
    )
    files = boto3.client("s3", **said)
    files.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
    people.close()
    files.close()
    return Server(port, key["AccessKeyId"], key["SecretAccessKey"])


@pytest.fixture
def relay(server: Server) -> Iterator[Relay]:
    relay = Relay(server.port)
    yield relay
    relay.cut()


def use(settings: Any, port: int) -> None:
    """Keep bytes in the bucket at that port, as BLOBS_URL would say."""
    address = f"s3://{BUCKET}/site?endpoint_url=http://127.0.0.1:{port}&region_name={REGION}"
    settings.STORAGES = settings.STORAGES | {"blobs": env.blobs(address, Path())}


@pytest.fixture(autouse=True)
def keys(server: Server, relay: Relay, settings: Any, monkeypatch: Any) -> Iterator[None]:
    """The keys as a unit of systemd has them: in the environment, and nowhere else."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", server.access)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", server.secret)
    for name in ("AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE"):
        monkeypatch.setenv(name, os.devnull)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    use(settings, relay.port)
    client = server.client()
    for name in server.names():
        client.delete_object(Bucket=BUCKET, Key=name)
    client.close()
    yield
    _let_go()


def _let_go() -> None:
    storage: Any = storages["blobs"]
    storage.connection.meta.client.close()


class Zeros(io.BytesIO):
    """A stream as long as it is told to be."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.left = size

    def read(self, size: int | None = -1, /) -> bytes:
        assert size is not None
        assert 0 < size <= blobs.PIECE
        given = min(size, self.left)
        self.left -= given
        return bytes(given)


def test_bytes_come_back_as_they_were_and_are_kept_once(server, relay):
    kept = blobs.keep(DATA)
    assert kept == blobs.Kept(sha256(DATA).hexdigest(), len(DATA))
    assert blobs.read(kept.sha256) == DATA
    before = relay.sent
    assert blobs.keep(io.BytesIO(DATA)) == kept
    assert relay.sent - before < len(DATA), "they are looked at, and not sent once more"
    assert server.names() == [f"site/{blobs.name_of(kept.sha256)}"]


def test_large_ones_go_both_ways_a_piece_at_a_time():
    tracemalloc.start()
    try:
        kept = blobs.keep(Zeros(LARGE))
        assert kept.size == LARGE
        sizes = [len(piece) for piece in blobs.pieces(kept.sha256)]
        _now, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (sum(sizes), max(sizes)) == (LARGE, blobs.PIECE)
    # Two parts of 8 MB, which is how boto3 sends them, and what is read ahead; not 40 MB.
    assert most < 26 * 1024 * 1024, most


def test_a_part_is_asked_for_as_such(relay):
    kept = blobs.keep(DATA)
    for start, end in ((0, 10), (1000, 1000), (500_000, 500_300), (len(DATA) - 7, len(DATA))):
        assert b"".join(blobs.part(kept.sha256, start, end)) == DATA[start:end]
    before = relay.received
    assert b"".join(blobs.part(kept.sha256, len(DATA) - 100, len(DATA))) == DATA[-100:]
    assert relay.received - before < 10_000, "what stands before it does not come"


def test_what_is_not_there_is_missing_and_nothing_is_asked_of_another_bucket(server, settings):
    with pytest.raises(blobs.Missing):
        blobs.read("0" * 64)
    assert not blobs.is_whole("0" * 64)
    address = f"s3://other/site?endpoint_url=http://127.0.0.1:{server.port}&region_name={REGION}"
    _let_go()
    settings.STORAGES = settings.STORAGES | {"blobs": env.blobs(address, Path())}
    # A bucket that is gone is no proof that each copy is.
    with pytest.raises(blobs.Away):
        blobs.read("0" * 64)


@pytest.fixture
def source(cast) -> Source:
    cast.deciding()
    return Source.objects.get(added_by=cast.ann)


def test_verify_copies_tells_what_is_missing_altered_and_cut_short(cast, source, server, capsys):
    copies = [
        workflow.keep_copy(source, data, person=cast.ann, name="page.html")
        for data in (b"one", b"two", b"three", b"four")
    ]
    call_command("verify_copies")
    assert capsys.readouterr().out == "4 copies, 15 bytes\n"
    client = server.client()
    names = [f"site/{blobs.name_of(copy.sha256)}" for copy in copies]
    client.put_object(Bucket=BUCKET, Key=names[0], Body=b"One")
    client.delete_object(Bucket=BUCKET, Key=names[1])
    client.put_object(Bucket=BUCKET, Key=names[2], Body=b"thre")
    client.close()
    with pytest.raises(CommandError, match="3 of 4 are not what was saved"):
        call_command("verify_copies")
    told = capsys.readouterr().err
    assert f"{copies[0].sha256} is not what was saved" in told
    assert f"{copies[1].sha256} is missing" in told
    assert f"{copies[2].sha256} is not what was saved" in told
    for data in (b"one", b"two", b"three"):
        blobs.keep(data)
    call_command("verify_copies")


def test_keys_come_from_settings_only_and_wrong_ones_are_said(server, settings, monkeypatch):
    for access, secret in ((server.access, "wrong"), ("AKIAWRONG", server.secret), (None, None)):
        _let_go()
        for name, value in (("AWS_ACCESS_KEY_ID", access), ("AWS_SECRET_ACCESS_KEY", secret)):
            monkeypatch.setenv(name, value) if value else monkeypatch.delenv(name)
        use(settings, server.port)  # a new storage, as a new process has
        with pytest.raises(blobs.Away) as refused:
            blobs.keep(DATA)
        assert server.secret not in str(refused.value)
    assert server.names() == []
    address = env.blobs(f"s3://{BUCKET}/site", Path())
    assert not {"access_key", "secret_key"} & address["OPTIONS"].keys()


def test_a_server_that_is_lost_in_mid_transfer_keeps_nothing_half(server, relay, monkeypatch):
    monkeypatch.setattr(bucket, "TRIES", 1)
    relay.most = relay.sent + 20 * 1024 * 1024
    with pytest.raises(blobs.Away):
        blobs.keep(Zeros(LARGE))
    assert server.names() == []


def test_a_server_that_is_lost_while_it_is_read_is_no_altered_copy(server, relay):
    kept = blobs.keep(Zeros(LARGE))
    pieces = blobs.pieces(kept.sha256)
    next(pieces)
    relay.cut()
    with pytest.raises(blobs.Away):
        list(pieces)
    with pytest.raises(blobs.Away):
        blobs.is_whole(kept.sha256)


@pytest.fixture
def check(cast):
    _article, claim = cast.checking()
    return c.check_of(claim, cast.ann)


def test_a_page_that_could_not_be_kept_is_saved_when_the_server_is_back(
    cast, check, server, relay, settings, caplog
):
    settings.SAVE_COPIES = True
    with servers.serving(site(servers.page(DATA))) as web:
        settings.FETCH_ALLOWED = [web.name]
        found = cite(check, f"http://{web.name}/ferry")
        relay.cut()
        assert capture_next()
        capture = Capture.objects.get()
        assert (capture.state, capture.problem) == ("waiting", "no_store")
        assert not Snapshot.objects.exists()
        assert server.names() == []
        _let_go()
        use(settings, server.port)
        wait_out()
        assert capture_next()
    assert Capture.objects.get().state == "saved"
    assert len(server.names()) == 2, "the page, and its exchange"
    client = Client()
    client.force_login(cast.ann)
    copy = Snapshot.objects.get(source=found)
    file: Any = client.get(reverse("saved_copy", args=[copy.uuid]))
    assert b"".join(file.streaming_content) == DATA
