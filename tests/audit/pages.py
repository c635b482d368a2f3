"""The pages that are audited: all that are looked at in a browser, with the fixtures' data."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.management import call_command
from django.test import Client
from django.test.testcases import LiveServerThread
from django.urls import reverse

from annotations.addresses import of_claim
from annotations.models import OPEN, Assignment, Edition, User
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
    visits = addresses()
    people = {user.username: user for user in User.objects.all()}
    saved = []
    for name, who, path, status in visits:
        client = Client()
        if who is not None:
            client.force_login(people[who])
        saved.append(_save(client.get(path), status, folder / f"{name}.html"))
    return saved + list(_states(people, folder))


def _states(people: dict[str, User], folder: Path) -> Iterator[Path]:
    """Pages that one only gets to by sending something: refused, in conflict, signed out."""
    for name, who, path, status in addresses():
        if status != 200 or who is None:
            continue
        client = Client()
        client.force_login(people[who])
        answer = client.post(path, {"sent": "1"})
        if answer.status_code in (409, 422) and answer["Content-Type"].startswith("text/html"):
            yield _save(answer, answer.status_code, folder / f"{name}-refused.html")
    asked = Assignment.objects.filter(person__username="carla", status__in=OPEN, task="check")
    annotate = reverse("annotate", args=[asked[0].uuid])
    draft = {"version": "0", "finding": "A finding", "justification": "Because"}
    client = Client()
    client.force_login(people["carla"])
    client.post(annotate, draft)
    yield _save(client.post(annotate, draft | {"finding": "B"}), 409, folder / "conflict.html")
    yield _save(Client().post(annotate, draft), 403, folder / "signed-out.html")
    for name, headers in (("old-token", {"origin": "http://testserver"}), ("not-sent", {})):
        client = Client(enforce_csrf_checks=True, headers=headers)
        client.force_login(people["carla"])
        yield _save(client.post(annotate, draft), 403, folder / f"{name}.html")


def _save(answer: Any, status: int, file: Path) -> Path:
    assert answer.status_code == status, f"{file.stem}: {answer.status_code}"
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
