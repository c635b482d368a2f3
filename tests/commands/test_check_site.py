"""What is wrong with a site is said, part by part, and ends the command with an error."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from annotations import blobs, workflow
from annotations.management import whole
from annotations.models import Claim, Job, Letter, Source, Transition
from annotations.vocabulary import MoveName
from annotations.workflow import jobs
from tests import cast as c


def run(*only: str) -> tuple[str, str]:
    """What is said, and what is wrong; the command fails if and only if something is."""
    said, wrong = io.StringIO(), io.StringIO()
    options = {"only": only} if only else {}
    error = ""
    try:
        call_command("check_site", stdout=said, stderr=wrong, **options)
    except CommandError as why:
        error = str(why)
    lines = wrong.getvalue().splitlines()
    assert error == (f"{len(lines)} things are wrong." if lines else "")
    return said.getvalue(), wrong.getvalue()


def sql(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


WITHOUT_SETTINGS = [name for name in whole.PARTS if name not in ("settings", "worker")]


@pytest.mark.parametrize("stage", ["deciding", "published", "corrected"])
def test_a_site_at_work_is_whole(cast, stage):
    getattr(cast, stage)()
    said, wrong = run(*WITHOUT_SETTINGS)
    assert wrong == ""
    assert said.splitlines() == [f"{name}: good" for name in WITHOUT_SETTINGS]


def test_the_settings_are_looked_at_as_check_does(db, settings):
    settings.MAIL_GOES_OUT = False
    assert "annotations.W001: No mail goes out" in run("settings")[1]
    settings.SILENCED_SYSTEM_CHECKS = [*settings.SILENCED_SYSTEM_CHECKS, "annotations.W001"]
    assert "W001" not in run("settings")[1]


def test_a_migration_that_was_not_run_is_named(db):
    sql("delete from django_migrations where app = 'annotations' and name like '0180%'")
    assert "annotations.0180_where_addresses_lead was not run" in run("migrations")[1]


def test_a_rule_that_is_gone_off_or_another_is_named(db):
    sql(
        "set constraints all immediate",
        "create or replace function annotations_sentences_fit() returns trigger language plpgsql"
        " as $$ begin return null; end $$",
        "alter table annotations_revision disable trigger all",
        "drop trigger sentence_fits on annotations_sentence",
        "alter table annotations_source drop constraint source_has_a_title",
        "drop index source_newest",
        "alter table annotations_source add constraint source_has_a_title check (title <> '')"
        " not valid",
    )
    wrong = run("rules")[1]
    assert "the function annotations_sentences_fit is not what this version says" in wrong
    assert "the trigger sentence_fits is missing" in wrong
    assert "the trigger revision" in wrong
    assert "annotations_source: source_newest is missing" in wrong
    assert "annotations_source: source_has_a_title does not hold for all rows" in wrong


def test_what_does_not_point_at_what_stands_is_named(cast):
    article, claim = cast.published()
    sql(
        "set constraints all immediate",
        "alter table annotations_claim disable trigger user",
        "alter table annotations_article disable trigger user",
        f"update annotations_claim set edition_id = null where id = {claim.pk}",
        f"update annotations_article set edition_id = null where id = {article.pk}",
    )
    wrong = run("pointers")[1]
    assert f"claim {claim.pk} does not point at the edition that stands" in wrong
    assert f"article {article.pk} does not point at the edition that stands" in wrong
    assert wrong.count("which does not stand") == 2


def test_a_status_that_no_move_wrote_is_named(cast):
    _article, claim = cast.deciding()
    Claim.objects.filter(pk=claim.pk).update(status="checking")
    wrong = run("log")[1]
    assert wrong == f"  claim {claim.pk} is not where its last line in the log left it\n"


def test_a_line_from_when_an_answer_stood_where_stages_do_is_nothing_wrong(cast):
    """What was written in the log until 30 November 2026 stays there."""
    _article, claim = cast.deciding()
    Transition.objects.create(
        desk=cast.desk,
        claim=claim,
        move=MoveName.LOOK_FOR_ANSWER,
        source="open",
        target="yes",
        actor=cast.eda,
    )
    assert run("log")[1] == ""


def test_what_is_taken_back_at_any_stage_is_no_fault_of_the_site(cast):
    """Each way in which pages, verdicts and editions part company."""
    article, claim = cast.published()
    workflow.reopen(claim, actor=cast.eli, reason="A letter came.")
    assert run("pointers", "log")[1] == ""
    workflow.withdraw(article, actor=cast.mia, why="A court.", going=[claim.pk])
    assert run("pointers", "log")[1] == ""
    other = c.import_text(cast.desk, cast.eda, f"{c.TEXT} More.")
    second = c.mark(other, c.SECOND, cast.eda)
    cast.publish(other, second)
    workflow.retract(second, actor=cast.mia, why="Forged.")
    assert run("pointers", "log")[1] == ""
    workflow.reopen(Claim.objects.get(pk=second.pk), actor=cast.eli, reason="It was not.")
    assert run("pointers", "log")[1] == ""


def test_files_and_proofs_are_read(cast):
    cast.deciding()
    source = Source.objects.get(added_by=cast.ann)
    copy = workflow.keep_copy(source, b"As it was.", person=cast.ann)
    Path(storages["blobs"].path(blobs.name_of(copy.sha256))).write_bytes(b"Otherwise.")
    assert f"{copy.sha256} is not what was saved" in run("files")[1]
    assert run("proofs")[1] == ""


def test_it_can_be_quick(db, monkeypatch):
    """Then no file is read: not one part is asked that reads them."""
    asked: list[str] = []

    def part(name: str) -> Callable[[], list[str]]:
        def find() -> list[str]:
            asked.append(name)
            return []

        return find

    parts = {name: part(name) for name in WITHOUT_SETTINGS}
    monkeypatch.setattr("annotations.management.commands.check_site.PARTS", parts)
    call_command("check_site", quick=True, stdout=io.StringIO())
    assert asked == [name for name in WITHOUT_SETTINGS if name not in whole.LONG]


def test_a_worker_that_does_not_run_and_jobs_that_failed_are_named(db):
    assert "no worker is running" in run("worker")[1]
    jobs.plan(("clean",))
    Job.objects.update(next_at=timezone.now(), error="OSError: no room", tries=1)
    assert run("worker")[1] == "  the job clean failed: OSError: no room\n"


def test_letters_that_were_given_up_are_counted_and_nobody_is_named(cast):
    Letter.objects.create(
        to="ann@news.example",
        subject="Due",
        failed_at=timezone.now(),
        error="550 no <ann@news.example>",
    )
    wrong = run("mail")[1]
    assert wrong == "  1 letters were given up: manage.py jobs says which, and why\n"
