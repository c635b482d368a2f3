"""Loading adds what is not there and changes nothing that is; dumping loses nothing."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.utils import timezone

from annotations import workflow
from annotations.models import (
    OPEN,
    Article,
    Assignment,
    Citation,
    Claim,
    Desk,
    Mark,
    Membership,
    Rating,
    RatingScale,
    User,
)
from annotations.vocabulary import AssignmentStatus
from tests import cast as c
from tests.emptying import empty
from tests.models.conftest import give_texts
from tests.models.conftest import rows as bare_rows
from tests.models.test_constraints import copy_of
from tests.test_fixtures import rows as tables

__all__ = ["bare_rows"]  # the fixture: a row of every model

NAMES = ["scales", "sample", "fictional"]


@pytest.fixture
def rows(bare_rows: dict[str, Any]) -> dict[str, Any]:
    """A row of every model, and every article with a text that is cut, without which none loads."""
    give_texts()
    return bare_rows


def dump(natural: bool = True) -> str:
    out = io.StringIO()
    call_command(
        "dumpdata", "annotations", natural_foreign=natural, natural_primary=natural, stdout=out
    )
    return out.getvalue()


def load(text: str, folder: Path, name: str = "dump.json") -> str:
    out = io.StringIO()
    file = folder / name
    file.write_text(text, encoding="utf-8")
    call_command("loaddata", str(file), stdout=out)
    return out.getvalue()


def crossed(rows: dict[str, Any]) -> None:
    """Rows that name later ones of their own table."""
    later = copy_of(
        rows["claim"], number=50, slug="later", status="spotted", verdict=None, edition=None
    )
    later.save(force_insert=True)
    Claim.objects.filter(pk=rows["claim_translation"].pk).update(
        status="set_aside", set_aside="duplicate", duplicate_of=later
    )
    Article.objects.filter(pk=rows["article"].pk).update(original=rows["translation"])


@pytest.mark.heart
@pytest.mark.parametrize("natural", [True, False])
def test_what_is_dumped_and_loaded_is_as_it_was_and_so_once_more(rows, tmp_path, natural):
    crossed(rows)
    first = dump(natural)
    assert {row["model"] for row in json.loads(first)} == {
        model._meta.label_lower for model in apps.get_app_config("annotations").get_models()
    } - {"annotations.incoming", "annotations.salt"}
    for _once_and_again in range(2):
        empty()
        load(first, tmp_path)
        assert dump(natural) == first
        load(first, tmp_path)
        assert dump(natural) == first


@pytest.mark.heart
@pytest.mark.parametrize("suffix", ["json", "jsonl"])
def test_moments_are_kept_to_the_microsecond(rows, tmp_path, suffix):
    at = timezone.now().replace(microsecond=123456)
    person = User.objects.get(username="ann")
    User.objects.update(last_login=at)
    file = tmp_path / f"dump.{suffix}"
    call_command("dumpdata", "annotations", format=suffix, output=str(file), verbosity=0)
    empty()
    call_command("loaddata", str(file), verbosity=0)
    assert User.objects.get(pk=person.pk).last_login == at


def work_on() -> None:
    """What the people of the sample desks do after the fixtures were loaded."""
    for person in User.objects.all():
        person.set_password("their own")
        person.save()
    desk = Desk.objects.get(slug="sample")
    article = Article.objects.get(slug__startswith="lavrov")
    editor = desk.memberships.filter(role="editor").earliest("pk").user
    for check in Assignment.objects.filter(status__in=OPEN, claim__desk=desk):
        workflow.decline(check, actor=check.person, reason="No time.")
    draft = Citation.objects.filter(verdict=None, annotation__submitted_at=None).first()
    assert draft is not None
    draft.delete()
    claim = c.mark(article, "consulate", editor)
    workflow.unmark(article, claim.marks.get(), actor=editor)
    spare = Mark.objects.filter(claim__status="set_aside", came_from=None, successors=None).first()
    assert spare is not None
    spare.delete()
    Membership.objects.filter(role="observer").delete()
    Desk.objects.update(name="Renamed")
    Rating.objects.filter(scale__slug="averitec", slug__startswith="conf").delete()


def test_fixtures_loaded_again_change_nothing_of_what_people_did(db):
    call_command("loaddata", *NAMES, verbosity=0)
    work_on()
    before = tables()
    out = io.StringIO()
    call_command("loaddata", *NAMES, stdout=out)
    assert tables() == before
    assert User.objects.get(username="mona").check_password("their own")
    assert Assignment.objects.filter(status=AssignmentStatus.DECLINED).exists()
    assert "Installed 0 object(s)" in out.getvalue()
    assert "left" in out.getvalue()


def test_a_fixture_may_add_to_a_desk_that_is_there(cast, tmp_path):
    article, _claim = cast.marked()
    row = {
        "model": "annotations.claimant",
        "fields": {"desk": [str(cast.desk.uuid)], "name": "The harbour master"},
    }
    load(json.dumps([row]), tmp_path)
    assert cast.desk.claimants.filter(name="The harbour master").exists()
    assert article.revision.marks.exists()


def test_a_second_desk_is_loaded_beside_one_that_shares_its_people(cast, tmp_path):
    cast.published()
    whole = dump()
    other = c.make_desk("second")
    Membership.objects.create(desk=other, user=cast.ann, role="manager")
    both = dump()
    empty()
    load(whole, tmp_path)
    load(both, tmp_path)
    assert dump() == both


def test_a_row_that_names_what_is_nowhere_is_refused_in_words(db, tmp_path):
    nowhere = "3c6a3a24-0000-5619-81ea-44e529a29f89"
    row = {"model": "annotations.claimant", "fields": {"desk": [nowhere], "name": "Nobody"}}
    with pytest.raises(CommandError, match="claimant of the file has as its desk “3c6a3a24-0000"):
        load(json.dumps([row]), tmp_path)


def test_another_row_with_the_same_key_is_not_overwritten(db, tmp_path):
    scale = c.make_scale()
    scales = json.loads(dump(natural=False))
    row = next(row for row in scales if row["model"] == "annotations.ratingscale")
    row["fields"] |= {"uuid": "3c6a3a24-0000-5619-81ea-44e529a29f89", "slug": "other"}
    with pytest.raises(CommandError, match="is another row than the"):
        load(json.dumps([row]), tmp_path)
    assert RatingScale.objects.get().slug == scale.slug
