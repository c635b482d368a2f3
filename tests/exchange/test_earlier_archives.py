"""Archives of desks and articles of every shape that ever left come in today, and lose nothing.

tests/data/archives holds what the code of each shape wrote of one desk (`moved.full`) whose
published article was then given another title: eleven shapes were all called version 1.
`make archives` writes those of today's version; the rest are never written again.
"""

from __future__ import annotations

import datetime as dt
import gzip
import json
import os
import shutil
import tarfile
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.core.cache import caches
from django.test import Client

from annotations import models as m
from annotations.exchange import moving
from annotations.exchange.moving import upgrading
from annotations.formats import lossless
from annotations.formats.lossless import ARTICLE, DESK, ROW, VERSION
from annotations.management.deskarchives import ROWS
from tests import cast as c
from tests.emptying import empty
from tests.views.readers import article_page, claim_page, public_addresses

from . import moved, test_moving, test_moving_article
from .test_moving import DOCS, with_rows

ARCHIVES = Path(__file__).parents[1] / "data/archives"
KEPT = sorted(ARCHIVES.glob("*.tar.gz"))
DESKS = [path for path in KEPT if path.name.endswith("-desk.tar.gz")]
ARTICLES = [path for path in KEPT if path.name.endswith("-article.tar.gz")]
SCHEMA = DOCS / f"desk-{VERSION}.schema.json"
NEWEST = f"{VERSION}-"
"""How the names of those of today's version begin."""
LACKED = {
    (table, name): value
    for table, fields in upgrading._LACKED_BY_1.items()
    for name, value in fields.items()
}


def ids(paths: list[Path]) -> list[str]:
    return [path.name.removesuffix(".tar.gz") for path in paths]


def unpacked(path: Path, folder: Path) -> Path:
    made = folder / path.stem
    with gzip.open(path) as packed, made.open("wb") as stream:
        shutil.copyfileobj(packed, stream)
    return made


def rows_in(path: Path) -> list[dict[str, Any]]:
    with tarfile.open(path) as tar:
        return [json.loads(line) for line in tar.extractfile(ROWS)]  # type: ignore[union-attr]


def files_in(path: Path) -> set[str]:
    with tarfile.open(path) as tar:
        return {name for name in tar.getnames() if name.startswith("files/")}


def all_is_there(before: Path, after: Path) -> None:
    """Every row says what it said, and of what it did not know yet what was so then."""
    (_header, *was), (header, *now) = rows_in(before), rows_in(after)
    assert header["version"] == VERSION
    assert files_in(before) == files_in(after)
    assert len(was) == len(now)
    for old, new in zip(was, now, strict=True):
        assert new | old == new, (old, new)
        for name in new.keys() - old.keys() - {"outdated_since", "outdated_by"}:
            assert new[name] == LACKED[(new[ROW], name)], (new[ROW], name)


def readers_are_served(*, everywhere: bool) -> None:
    """The pages of the article and its claim are there; `everywhere` asks all public ones."""
    caches["process"].clear()
    article = m.Article.objects.filter(edition__isnull=False).get()
    claim = m.Claim.objects.filter(edition__isnull=False).get()
    for address in public_addresses(article, claim) if everywhere else ():
        assert Client().get(address).status_code in (200, 202, 301, 302, 404, 410), address
    for address in (article_page(article), claim_page(claim)):
        page = Client().get(address)
        assert page.status_code == 200, address
        assert "Half of it is so." in page.content.decode()


def it_is_known_to_be_outdated(archive: Path) -> None:
    """Its title was changed when readers had it: that waits for who may publish it again."""
    article = m.Article.objects.filter(edition__isnull=False).get()
    line = article.transitions.filter(move="describe").latest("at")
    (row,) = [row for row in rows_in(archive) if row.get(ROW) == "article"]
    since = row.get("outdated_since", _as_left(line.at))
    assert (_as_left(article.outdated_since), article.outdated_by) == (since, line.actor)
    m.User.objects.update(is_active=True)
    eli = m.User.objects.get(username="eli")
    c.retitle(article, eli, "A third title")
    waiting = m.Article.objects.get(pk=article.pk)
    assert (waiting.outdated_since, waiting.outdated_by) == (article.outdated_since, eli)


def _as_left(moment: dt.datetime | None) -> str:
    """A moment as it stands in a line: UTC, with six digits of a second."""
    assert moment is not None
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


@pytest.mark.parametrize("path", DESKS, ids=ids(DESKS))
def test_a_desk_that_left_with_an_earlier_version_comes_with_all_it_had(db, tmp_path, path):
    archive = unpacked(path, tmp_path)
    assert "The desk “Desk” is here" in test_moving.come(archive)
    moved.export("desk", tmp_path / "again.tar")
    all_is_there(archive, tmp_path / "again.tar")
    readers_are_served(everywhere=path in (DESKS[0], DESKS[-1]))
    it_is_known_to_be_outdated(archive)


@pytest.mark.parametrize("path", ARTICLES, ids=ids(ARTICLES))
def test_an_article_that_left_with_an_earlier_version_comes_with_all_it_had(db, tmp_path, path):
    archive = unpacked(path, tmp_path)
    test_moving.come(
        unpacked(path.with_name(path.name.replace("-article.tar", "-desk.tar")), tmp_path)
    )
    test_moving_article.made_again()
    test_moving_article.come(archive)
    article = m.Article.objects.get()
    test_moving_article.left(article, tmp_path / "again.tar")
    all_is_there(archive, tmp_path / "again.tar")
    readers_are_served(everywhere=False)


# --- what is kept, and what is asked of a new version ---


def test_archives_of_every_version_are_kept():
    for of, paths in ((DESK, DESKS), (ARTICLE, ARTICLES)):
        told = {path: json.loads(_first_line(path)) for path in paths}
        assert {header["format"] for header in told.values()} == {of}
        assert {header["version"] for header in told.values()} == {*range(1, VERSION + 1)}


def _first_line(path: Path) -> bytes:
    with gzip.open(path) as packed, tarfile.open(fileobj=packed) as tar:
        return tar.extractfile(ROWS).readline()  # type: ignore[union-attr]


def test_each_version_has_a_step_to_the_next():
    assert set(upgrading.STEPS) == {*range(1, VERSION)}
    for number in range(1, VERSION + 1):
        assert (DOCS / f"desk-{number}.schema.json").exists()


@pytest.mark.django_db(transaction=True)
def test_those_of_todays_version_have_todays_shape(tmp_path):
    """Where this fails, rows have changed shape: a new version is due, with a step to it."""
    if os.environ.get("ARCHIVES"):
        _write_todays(Path(os.environ["ARCHIVES"]), tmp_path)
    check = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    for path in KEPT:
        if path.name.startswith(NEWEST):
            for row in rows_in(unpacked(path, tmp_path)):
                assert not [error.message for error in check.iter_errors(row)], row


def _write_todays(folder: Path, tmp_path: Path) -> None:
    """Write the archives and the schema of today's version."""
    cast = c.Cast()
    article = moved.full(cast)
    c.retitle(article, cast.eda)
    moved.export("desk", tmp_path / "desk.tar")
    test_moving_article.left(article, tmp_path / "article.tar")
    day = dt.datetime.now(dt.UTC).date()
    for old in folder.glob(f"{NEWEST}*"):
        old.unlink()
    for name in ("desk", "article"):
        data = (tmp_path / f"{name}.tar").read_bytes()
        (folder / f"{NEWEST}{day}-{name}.tar.gz").write_bytes(gzip.compress(data, mtime=0))
    told = json.dumps(lossless.schema(moving.shapes()), indent=1, ensure_ascii=False)
    SCHEMA.write_text(f"{told}\n", encoding="utf-8")


# --- what is refused ---


@pytest.fixture
def archive(cast, tmp_path) -> Path:
    moved.full(cast)
    path: Path = tmp_path / "desk.tar"
    moved.export("desk", path)
    empty()
    return path


def test_a_version_to_come_says_what_to_do_and_one_that_never_was_is_none(archive):
    newer = with_rows(archive, lambda rows: rows[0].update(version=VERSION + 1))
    why = test_moving.refused(newer)
    assert f"/version is {VERSION + 1}; expected was one that is known here, 1 to {VERSION}" in why
    assert "a newer version of Factcheck wrote it: bring this site up to that first" in why
    told = with_rows(archive, lambda _rows: None)
    manifest = f'"version": {VERSION}'.encode()
    later = told.read_bytes().replace(manifest, f'"version": {VERSION + 1}'.encode())
    told.write_bytes(later)
    why = test_moving.refused(told)
    assert f"It is of version {VERSION + 1}; known here is 1 to {VERSION}; a newer" in why
    for version in (0, -1, "1", True, None, 1.0, [1]):
        other = with_rows(archive, lambda rows, it=version: rows[0].update(version=it))
        why = test_moving.refused(other)
        assert "expected was one that is known here" in why
        assert "newer" not in why


def test_what_a_row_of_today_lacks_is_not_filled_in(archive):
    def without(rows: list[dict[str, Any]]) -> None:
        del next(row for row in rows if row.get(ROW) == "desk")["demand_locator"]

    assert "/demand_locator is null; expected was to be there" in test_moving.refused(
        with_rows(archive, without)
    )


def test_what_no_version_had_is_refused_in_an_earlier_one_too(archive):
    def with_more(rows: list[dict[str, Any]]) -> None:
        rows[0]["version"] = 1
        next(row for row in rows if row.get(ROW) == "source")["secret"] = 1

    assert "/secret is 1; expected was no such field" in test_moving.refused(
        with_rows(archive, with_more)
    )


@pytest.mark.parametrize("table", [[], {}, None, 1])
def test_a_row_of_no_table_is_refused_in_words(archive, table):
    def of_none(rows: list[dict[str, Any]]) -> None:
        rows[1][ROW] = table

    with pytest.raises(moving.Unfit, match="the name of a table"):
        moving.checked(_lines(archive, of_none))


def _lines(path: Path, change: Any) -> list[bytes]:
    rows = rows_in(path)
    change(rows)
    return [json.dumps(row).encode() for row in rows]
