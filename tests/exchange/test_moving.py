"""A desk leaves and comes back the same, or is refused with what is wrong and where."""

from __future__ import annotations

import io
import json
import tarfile
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from annotations import addresses, blobs
from annotations import models as m
from annotations.editions.reading import read_article, read_claim
from annotations.exchange import moving
from annotations.exchange.moving import arriving
from annotations.exchange.moving.tables import PARTS, STAYS
from annotations.formats import lossless
from annotations.management import whole
from annotations.management.deskarchives import MANIFEST, ROWS, Hashes, Manifest, Writer
from annotations.models import (
    Annotation,
    Desk,
    Edition,
    Listing,
    Original,
    RatingScale,
    ReplyRequest,
    Snapshot,
    User,
)
from tests import cast as c
from tests.emptying import empty

from . import moved

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture
def archive(cast, tmp_path) -> Path:
    moved.full(cast)
    path: Path = tmp_path / "desk.tar"
    moved.export("desk", path)
    return path


def come(path: Path, **options: Any) -> str:
    out = io.StringIO()
    call_command("import_desk", str(path), stdout=out, **options)
    return out.getvalue()


def refused(path: Path, **options: Any) -> str:
    """Why the archive is refused; nothing of it stays."""
    before, kept = moved.contents(), set(blobs_there())
    with pytest.raises(CommandError) as error:
        come(path, **options)
    assert moved.contents() == before
    assert set(blobs_there()) == kept
    assert "Nothing was kept" in str(error.value)
    return str(error.value)


def blobs_there() -> list[Path]:
    options: dict[str, Any] = settings.STORAGES["blobs"]["OPTIONS"]
    folder = Path(str(options["location"]))
    return [path for path in folder.rglob("*") if path.is_file()]


def rewritten(path: Path, change: Any) -> Path:
    """The archive with its parts as `change` leaves them, and no manifest to say otherwise."""
    with tarfile.open(path) as tar:
        parts = {info.name: tar.extractfile(info).read() for info in tar}  # type: ignore[union-attr]
    change(parts)
    made = path.with_name("made.tar")
    with tarfile.open(made, "w") as tar:
        for name, data in parts.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    return made


def with_rows(path: Path, change: Any, of: str = lossless.DESK) -> Path:
    """The archive with other rows, and a manifest that vouches for them."""
    with tarfile.open(path) as tar:
        parts = {info.name: tar.extractfile(info).read() for info in tar}  # type: ignore[union-attr]
    rows = [json.loads(line) for line in parts[ROWS].splitlines()]
    change(rows)
    data = "".join(json.dumps(row) + "\n" for row in rows).encode()
    made, hashes = path.with_name("other.tar"), Hashes()
    for line in data.splitlines(keepends=True):
        hashes.add(line)
    counts: dict[str, int] = {}
    for row in rows[1:]:
        counts[row["row"]] = counts.get(row["row"], 0) + 1
    with made.open("wb") as stream:
        writer = Writer(stream)
        writer.add(ROWS, len(data), [data])
        for name, held in parts.items():
            if name.startswith("files/"):
                writer.add(name, len(held), [held])
        said = rows[0].get("version")
        version = said if lossless.is_known(said) else lossless.VERSION
        writer.finish(Manifest(counts, hashes.noted, format=of, version=version))
    return made


# --- what is moved ---


def test_every_model_leaves_or_is_said_to_stay():
    models = set(apps.get_app_config("annotations").get_models())
    leaves = {part.model for part in PARTS}
    assert leaves | set(STAYS) == models
    assert not leaves & set(STAYS)


def test_the_desk_of_these_tests_has_rows_of_every_part(cast):
    moved.full(cast)
    there = {json.loads(line).get("row") for line in moved.lines_of(cast.desk)}
    assert {part.name for part in PARTS} <= there


@pytest.mark.heart
def test_out_empty_in_and_out_again_are_the_same_bytes(archive, tmp_path):
    before = archive.read_bytes()
    listed = sorted(Listing.objects.values_list("title", "rating", "slug"))
    empty()
    assert not Desk.objects.exists()
    come(archive)
    assert moved.export("desk", tmp_path / "again.tar") == before
    assert sorted(Listing.objects.values_list("title", "rating", "slug")) == listed
    assert all(copy.is_whole() for copy in Snapshot.objects.all())


def test_the_files_come_too_where_they_are_not_kept(archive):
    empty()
    for path in blobs_there():
        path.unlink()
    come(archive)
    assert Snapshot.objects.count() == 2
    assert all(copy.is_whole() for copy in Snapshot.objects.all())
    desk = Desk.objects.get()
    pictures = [desk.logo_file, desk.icon_file, desk.touch_icon_file]
    kept = [*pictures, ReplyRequest.objects.get().attachment]
    assert all(blobs.is_whole(digest) for digest in kept)
    originals = list(Original.objects.values_list("sha256", flat=True).distinct())
    assert all(blobs.is_whole(digest) for digest in originals)
    assert len(blobs_there()) == 2 + len(kept) + len(originals)


def test_readers_find_every_page_again_under_another_name_too(archive):
    old = {
        url: Client().get(url).status_code
        for url in ("/checks/desk/", *pages_of(Edition.objects.exclude(listing=None)))
    }
    assert set(old.values()) == {200}
    empty()
    come(archive, slug="gazette")
    for url in old:
        found = url.replace("/desk/", "/gazette/")
        assert Client().get(found).status_code == 200, found
        assert b"/desk/" not in Client().get(found).content.replace(b'"/desk/', b"")


def pages_of(editions: Any) -> list[str]:
    return [
        addresses.of_claim(read_claim(edition.content))
        if edition.claim_id
        else addresses.of_article(read_article(edition.content))
        for edition in editions
    ]


def test_what_came_points_at_what_stands_and_stands_where_its_log_left_it(archive):
    empty()
    come(archive, slug="gazette")
    assert [*whole.of_pointers(), *whole.of_log()] == []


def test_back_under_its_name_it_is_what_it_was(archive, tmp_path):
    before = archive.read_bytes()
    empty()
    come(archive, slug="gazette")
    moved.export("gazette", tmp_path / "gazette.tar")
    empty()
    come(tmp_path / "gazette.tar", slug="desk")
    assert moved.export("desk", tmp_path / "again.tar") == before


def test_times_keep_their_microseconds_and_the_log_its_order(archive):
    lines = list(m.Transition.objects.order_by("at", "pk").values_list("uuid", "at", "detail"))
    lines = [line for line in lines if m.Transition.objects.get(uuid=line[0]).desk.slug == "desk"]
    empty()
    come(archive)
    assert list(m.Transition.objects.order_by("at", "pk").values_list("uuid", "at", "detail")) == (
        lines
    )


# --- people ---


def test_people_come_as_names_without_a_way_in(archive):
    empty()
    come(archive)
    ann = User.objects.get(username="ann")
    assert (ann.first_name, ann.email, ann.is_active) == ("Ann", "", False)
    assert not ann.has_usable_password()
    assert not Client().login(username="ann", password="ann")
    assert "ann@" not in archive.read_bytes().decode("latin-1")
    assert b"pbkdf2" not in archive.read_bytes()
    assert b"reader@example.org" not in archive.read_bytes()


def test_a_name_that_is_somebody_elses_is_not_taken_for_them(archive):
    empty()
    here = c.make_person("ann")
    told = come(archive)
    assert "“ann” is somebody else's name here: they are “ann-2”." in told
    assert not Annotation.objects.filter(assignment__person=here).exists()
    assert m.Membership.objects.filter(user__username="ann-2").exists()
    assert not m.Membership.objects.filter(user=here).exists()


def test_who_comes_in_by_the_managers_link_manages_the_desk(archive):
    empty()
    told = come(archive, manager="mia@example.org")
    link = told.split("once:\n")[1].strip()
    assert Client().get(link).status_code == 200
    assert m.Invitation.objects.get().role == "manager"


@pytest.mark.heart
def test_what_was_blind_stays_blind(archive):
    """A draft comes with its author, and who has seen what, with who saw it."""
    seen = set(m.Sighting.objects.values_list("claim__uuid", "person__username"))
    assert seen
    empty()
    come(archive)
    assert set(m.Sighting.objects.values_list("claim__uuid", "person__username")) == seen
    draft = Annotation.objects.get(finding="A secret draft")
    assert draft.submitted_at is None
    User.objects.filter(username__in=["ann", "mia"]).update(is_active=True)
    ann, mia = User.objects.get(username="ann"), User.objects.get(username="mia")
    assert Annotation.objects.visible_to(ann).filter(pk=draft.pk).exists()
    assert not Annotation.objects.visible_to(mia).filter(pk=draft.pk).exists()


# --- beside what is there ---


def test_a_desk_that_is_here_is_refused(archive):
    assert "The desk “Desk” is here already" in refused(archive)
    assert "The desk “Desk” is here already" in refused(archive, slug="other")


def test_another_desk_of_its_name_is_told_apart(archive):
    empty()
    c.make_desk("desk")
    assert "give this one another slug" in refused(archive)


def test_nothing_of_the_desks_that_are_here_changes(archive):
    empty()
    other = c.Cast(slug="other")
    other.published()
    before = {name: rows for name, rows in moved.contents().items() if name not in ("Job", "Salt")}
    come(archive)
    after = moved.contents()
    for name, rows in before.items():
        assert [row for row in after[name] if row in rows] == rows, name


def test_a_scale_of_the_same_name_keeps_its_ratings(archive):
    empty()
    here = c.make_scale()
    told = come(archive)
    assert "Another rating scale is called “three” here" in told
    desk = Desk.objects.get(slug="desk")
    assert desk.scale != here
    assert desk.scale.ratings.count() == here.ratings.count() == 4


def test_a_scale_that_two_desks_share_is_there_once(archive, cast, tmp_path):
    moved.export("elsewhere", tmp_path / "elsewhere.tar")
    empty()
    come(archive)
    come(tmp_path / "elsewhere.tar")
    assert RatingScale.objects.count() == 1


# --- what is damaged ---


def flipped(path: Path, words: bytes) -> Path:
    data = bytearray(path.read_bytes())
    place = data.index(words)
    data[place] ^= 1
    made = path.with_name("flipped.tar")
    made.write_bytes(bytes(data))
    return made


def test_a_byte_that_was_changed_is_found_in_its_part(archive):
    empty()
    why = refused(flipped(archive, b"A secret draft"))
    assert "rows.jsonl was altered between line 1 and its end" in why
    assert "was altered since the archive was made" in refused(flipped(archive, b"a recording"))


def _flipped_after(data: bytes, words: bytes, start: int) -> bytes:
    """One less in the digit behind the words."""
    place = data.index(words, start) + len(words)
    return data[:place] + bytes([data[place] - 1]) + data[place + 1 :]


def test_a_byte_that_was_changed_between_the_parts_is_found_too(archive):
    """In a head or its sum, in what fills a block, in the manifest's white space, at the end."""
    data = archive.read_bytes()
    with tarfile.open(archive) as tar:
        places = {info.name: info for info in tar}
    rows, manifest = places[ROWS], places[MANIFEST]
    white = data.index(b"\n", manifest.offset_data)
    ends = [info.offset_data + info.size for info in (rows, manifest)]
    sums = [rows.offset + 154, rows.offset + 155]
    changed = archive.with_name("changed.tar")
    empty()
    for place in (rows.offset + 100, *sums, *ends, white, len(data) - 1100, len(data) - 1):
        other = bytearray(data)
        other[place] = 9 if place == white else other[place] ^ 1
        changed.write_bytes(bytes(other))
        assert refused(changed), place
    # A digit of the manifest: of its version, and of how many rows there are.
    for words in (b'"version": ', b'"transition": '):
        changed.write_bytes(_flipped_after(data, words, manifest.offset_data))
        assert refused(changed), words
    changed.write_bytes(data + b"more")
    assert "What stands at its end was altered" in refused(changed)


def test_where_many_rows_came_before_it_is_said_in_which_thousand(cast, tmp_path):
    for number in range(60):
        c.import_text(cast.desk, cast.eda, f"{c.TEXT}\n\n" + f"It is {number}. " * 40)
    moved.export("desk", tmp_path / "long.tar")
    empty()
    why = refused(flipped(tmp_path / "long.tar", b'"row":"transition"'))
    first, last = (int(word) for word in why.replace(".", " ").split() if word.isdigit())
    assert (first % 1000, last) == (1, first + 999) or "its end" in why


def test_one_that_was_cut_short_says_after_what(archive):
    data = archive.read_bytes()
    cut = archive.with_name("cut.tar")
    empty()
    for length in (0, 100, 600, len(data) // 2, len(data) - 4000, len(data) - 1500):
        cut.write_bytes(data[:length])
        why = refused(cut)
        told = ("what follows is missing or damaged", "no archive of a desk", "manifest.json is d")
        assert any(words in why for words in told), length


def test_a_file_that_is_missing_or_added_is_named(archive):
    empty()

    def without(parts: dict[str, bytes]) -> None:
        del parts[next(name for name in parts if name.startswith("files/"))]

    def more(parts: dict[str, bytes]) -> None:
        parts[f"files/{'0' * 64}"] = b"more"

    assert "is missing" in refused(rewritten(archive, without))
    assert "was added" in refused(rewritten(archive, more))
    assert "rows.jsonl is missing" in refused(rewritten(archive, lambda parts: parts.pop(ROWS)))
    assert "missing or damaged" in refused(rewritten(archive, lambda parts: parts.pop(MANIFEST)))


def test_what_is_no_archive_of_a_desk_is_refused(tmp_path):
    text = tmp_path / "text.txt"
    text.write_text("Ferry to return")
    with pytest.raises(CommandError, match="no archive of a desk"):
        come(text)
    with pytest.raises(CommandError, match="No such file"):
        come(tmp_path / "none.tar")


WRONG: dict[str, tuple[str, dict[str, Any], str]] = {
    "no such field": ("article", {"colour": "red"}, '/colour is "red"; expected was no such'),
    "a number for words": ("claim", {"claim_reviewed": 5}, "/claim_reviewed is 5; expected was te"),
    "a word of no list": ("claim", {"status": "lost"}, '/status is "lost"; expected was one of "s'),
    "no moment": ("transition", {"at": "2026-11-24"}, "expected was a moment such as"),
    "NUL": ("source", {"title": "a\0b"}, "/title is"),
    "half a character": ("source", {"title": "\ud800"}, "/title is"),
    "too long": ("source", {"title": "x" * 301}, "of 300 characters at most"),
    "64 bits": ("claim", {"number": 2**63}, "an integer of 64 bits"),
    "a claim of nobody": ("mark", {"claim": str(c.__name__)}, "the claim “tests.cast” is not in"),
    "other words": ("mark", {"exact": "something else"}, "the database refuses a mark"),
    "deep": ("edition", {"content": json.loads("[" * 150 + "]" * 150)}, "levels at most"),
    "a table": ("comment", {"row": "letter"}, "the name of a table"),
}


def test_a_row_that_is_wrong_is_told_with_its_line_and_nothing_is_kept(archive):
    empty()
    for name, (table, change, why) in WRONG.items():

        def wrong(
            rows: list[dict[str, Any]], table: str = table, change: dict[str, Any] = change
        ) -> None:
            next(row for row in rows if row.get("row") == table).update(change)

        told = refused(with_rows(archive, wrong))
        assert "rows.jsonl, line" in told, name
        assert why in told, name


def test_a_row_cannot_reach_for_another_desk(archive, cast):
    """A file may say what it likes: what it names is of its own desk."""
    empty()
    other = c.Cast(slug="other")
    _article, claim = other.checking()

    def reach(rows: list[dict[str, Any]]) -> None:
        next(row for row in rows if row.get("row") == "comment")["claim"] = str(claim.uuid)

    assert f"the claim “{claim.uuid}” is not in it" in refused(with_rows(archive, reach))


def test_a_row_too_early_and_a_version_to_come_are_refused(archive):
    empty()
    assert "comes after" in refused(with_rows(archive, lambda rows: rows.append(rows[2])))
    newer = with_rows(archive, lambda rows: rows[0].update(version=lossless.VERSION + 1))
    assert "a newer version of Factcheck wrote it" in refused(newer)


def test_a_copy_that_is_lost_here_stops_the_desk_from_leaving(archive, tmp_path):
    for path in blobs_there():
        path.unlink()
    with pytest.raises(CommandError, match="is missing: its bytes are kept no more"):
        moved.export("desk", tmp_path / "other.tar")
    assert not (tmp_path / "other.tar").exists()


# --- what is ended, and begun again ---


def test_an_archive_that_was_ended_is_taken_up_again(archive, capsys):
    whole = archive.read_bytes()
    went_on = []
    for part in (0.0, 0.2, 0.6, 0.95, 0.999):
        archive.unlink()
        archive.with_name("desk.tar.part").write_bytes(whole[: int(len(whole) * part)])
        assert moved.export("desk", archive) == whole
        assert not archive.with_name("desk.tar.part").exists()
        went_on.append("goes on after" in capsys.readouterr().err)
    assert went_on == [False, False, False, True, True]


def test_one_of_a_desk_that_changed_since_is_begun_again(archive, cast):
    whole = archive.read_bytes()
    archive.rename(archive.with_name("desk.tar.part"))
    c.import_text(cast.desk, cast.eda, "Another text.")
    assert moved.export("desk", archive) != whole
    empty()
    come(archive)


def test_an_import_that_was_ended_has_kept_no_row_and_works_when_begun_again(
    archive, monkeypatch, tmp_path
):
    before = archive.read_bytes()
    empty()

    class Ended(BaseException):
        """The process is killed."""

    def end(_self: object) -> None:
        raise Ended

    with monkeypatch.context() as patch:
        patch.setattr(arriving.Coming, "settle", end)
        with pytest.raises(Ended):
            come(archive)
    assert not Desk.objects.exists()
    come(archive)
    assert moved.export("desk", tmp_path / "again.tar") == before


def test_a_database_that_is_lost_is_not_taken_for_a_row_that_is_wrong(archive, monkeypatch):
    empty()

    def lose(*_args: object) -> None:
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(arriving.Coming, "take", lose)
    with pytest.raises(CommandError, match="The database was lost on the way"):
        come(archive)
    assert not Desk.objects.exists()


def test_a_look_writes_nothing(archive):
    empty()
    before = moved.contents()
    assert "1 desk" in come(archive, dry_run=True)
    assert moved.contents() == before


def test_a_file_that_is_there_is_not_overwritten_and_a_desk_that_is_not_is_named(archive):
    before = archive.read_bytes()
    with pytest.raises(CommandError, match="Nothing was overwritten"):
        moved.export("desk", archive)
    assert archive.read_bytes() == before
    assert archive.stat().st_mode & 0o077 == 0
    with pytest.raises(CommandError, match=r"no desk “none”\. There is: desk"):
        moved.export("none", archive.with_name("none.tar"))


def test_ties_to_other_desks_stay(cast, tmp_path):
    article, _claim = cast.published()
    there = c.import_text(cast.stranger.memberships.get().desk, cast.stranger)
    m.Article.objects.filter(pk=there.pk).update(original=article)
    moved.export("elsewhere", tmp_path / "there.tar")
    empty()
    come(tmp_path / "there.tar")
    assert m.Article.objects.get().original is None


# --- the schema ---


def test_every_line_is_as_the_schema_says(cast):
    moved.full(cast)
    check = jsonschema.Draft202012Validator(
        lossless.schema(moving.shapes()),
        format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER,
    )
    check.check_schema(check.schema)
    for line in moved.lines_of(cast.desk):
        errors = [error.message for error in check.iter_errors(json.loads(line))]
        assert not errors, line


def test_a_line_of_another_shape_is_not(cast):
    check = jsonschema.Draft202012Validator(lossless.schema(moving.shapes()))
    assert not check.is_valid({"row": "desk"})
    assert not check.is_valid({"format": "factcheck-desk", "version": 1})


def test_the_schema_is_published_as_it_is(client):
    answer = client.get(reverse("desk_schema"))
    assert answer["Content-Type"] == "application/schema+json"
    assert answer["Access-Control-Allow-Origin"] == "*"
    said = answer.json()
    assert said.pop("$id").endswith(reverse("desk_schema"))
    assert said == lossless.schema(moving.shapes())
    kept = json.loads((DOCS / f"desk-{lossless.VERSION}.schema.json").read_text(encoding="utf-8"))
    assert kept == said, "rows changed shape: raise VERSION, and write the schema down again"


def test_what_came_can_be_worked_on(archive):
    empty()
    come(archive)
    User.objects.update(is_active=True)
    eda = User.objects.get(username="eda")
    article = c.import_text(Desk.objects.get(slug="desk"), eda, f"{c.TEXT} It is new.")
    assert c.mark(article, c.SECOND, eda).number > 1
