"""The pages that are audited: public ones and the desk's main ones, of the fictional desk."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.management import call_command
from django.test import Client
from django.test.testcases import LiveServerThread
from django.urls import reverse

from annotations import addresses
from annotations.models import Edition, Membership
from annotations.views.public import report_address
from annotations.vocabulary import Role


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
    claim = addresses.of_claim(_standing()[1].content, "public_claim")
    return {"article": _of_article("public_article"), "claim": claim}


def _public() -> list[str]:
    desk = [_standing()[0].content["desk"]["slug"]]
    everywhere = ["public_index", "public_search", "public_corrections", "login"]
    of_desk = ["public_desk", "public_claimants", "public_about", "report_thanks"]
    paths = [reverse(name) for name in everywhere]
    paths += [reverse(name, args=desk) for name in [*of_desk, "public_desk_corrections"]]
    paths.append(report_address(_standing()[1].content))
    paths += [_of_article("public_versions"), _of_article("embed_article"), *read_most().values()]
    return paths + [f"{path}?lang={lang}" for path in read_most().values() for lang in ("fr", "ar")]


def _of_desk() -> list[str]:
    names = ["queue", "articles", "log", "rules", "guidelines", "people", "reports", "statements"]
    return [reverse(name) for name in names]


def save_all(folder: Path) -> list[Path]:
    """Write each page into the folder as a file of HTML, as a visitor or a manager gets it."""
    folder.mkdir(parents=True, exist_ok=True)
    manager = Client()
    members = Membership.objects.filter(desk=_standing()[0].desk, role=Role.MANAGER)
    manager.force_login(members.select_related("user")[0].user)
    asked = [(Client(), path) for path in _public()] + [(manager, path) for path in _of_desk()]
    return [_save(client, path, folder) for client, path in asked]


def _save(client: Client, path: str, folder: Path) -> Path:
    answer = client.get(path)
    assert answer.status_code == 200, f"{path}: {answer.status_code}"
    name = path.strip("/").replace("/", "_").replace("?", "_") or "index"
    file = folder / f"{name}.html"
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
