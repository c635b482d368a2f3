"""The pages that are audited: all that are looked at in a browser, with the fixtures' data."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.management import call_command
from django.test import Client
from django.test.testcases import LiveServerThread
from django.urls import reverse

from annotations.addresses import of_claim
from annotations.models import Edition, User
from tests.e2e.test_pages import addresses


def load() -> None:
    call_command("demo", "--fictional", stdout=StringIO())


def _standing() -> tuple[Edition, Edition]:
    """The first article and the first claim that a desk which is no sample has published."""
    editions = Edition.objects.standing().filter(desk__is_sample=False).order_by("pk")
    article = editions.filter(article__isnull=False).first()
    claim = editions.filter(claim__isnull=False).first()
    assert article is not None
    assert claim is not None
    return article, claim


def _of_article(name: str) -> str:
    content = _standing()[0].content
    return reverse(name, args=[content["desk"]["slug"], content["article"]["slug"]])


def read_most() -> dict[str, str]:
    """The addresses of an article and of a claim."""
    claim = of_claim(_standing()[1].content, "public_claim")
    return {"article": _of_article("public_article"), "claim": claim}


def save_all(folder: Path) -> list[Path]:
    """Write each page that is looked at in a browser into the folder, as its visitor gets it."""
    folder.mkdir(parents=True, exist_ok=True)
    people = {user.username: user for user in User.objects.all()}
    saved = []
    for name, who, path, status in addresses():
        client = Client()
        if who is not None:
            client.force_login(people[who])
        saved.append(_save(client, path, status, folder / f"{name}.html"))
    return saved


def _save(client: Client, path: str, status: int, file: Path) -> Path:
    answer = client.get(path)
    assert answer.status_code == status, f"{path}: {answer.status_code}"
    file.write_bytes(answer.content)
    return file


@contextmanager
def served() -> Iterator[str]:
    """The address of a server on a free port of this machine, ended with the block."""
    server = LiveServerThread("127.0.0.1", StaticFilesHandler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.terminate()
