"""The administration's import: several files, a look, each in whole or not at all."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from annotations.models import Article, EarlierCheck, Transition, User
from tests import cast as c
from tests.commands.test_fixture import FULL, SHORT, changed
from tests.formats.test_earlier import REVIEW
from tests.views.test_access import client_of
from tests.views.test_revisions import said

ADD = reverse("admin:annotations_article_import")


def send(person: User, *files: tuple[str, Any], do: str = "look", **fields: str) -> Any:
    uploads = [
        SimpleUploadedFile(name, data if isinstance(data, bytes) else data.encode())
        for name, data in files
    ]
    return client_of(person).post(ADD, {"uploads": uploads, "do": do, "desk": "desk"} | fields)


def test_files_of_every_kind_are_looked_at_and_then_imported_from_that_look(cast):
    answer = send(
        cast.eda,
        ("ferry.txt", c.TEXT),
        ("debate.tsv", "speaker\ttext\nA\tIt is so.\n"),
        ("checks.json", json.dumps([REVIEW, {"@type": "ClaimReview"}])),
        ("mine.json", SHORT),
        ("several.json", json.dumps([{"title": "A", "text": "It is new.", "tags": 5}])),
        ("bad.json", '{"a": '),
    )
    assert answer.status_code == 200
    words = said(answer)
    assert "Nothing is kept yet." in words
    assert "ferry.txt: Article “Ferry to return in spring, mayor says”, 4 sentences." in words
    assert "debate.tsv: Article “A: It is so.”, 1 sentence." in words
    assert "checks.json: Earlier checks by others 1 would be new" in words
    assert "There is no claim in it: left out." in words
    assert "mine.json: Fixture Articles: 1 new, 0 there already." in words
    assert "several.json: Articles as JSON Articles: 1 new, 0 there already." in words
    assert "“tags” is not read; it is kept with the original." in words
    assert "bad.json: Earlier checks by others Nothing of it is imported: Line 1" in words
    assert not Article.objects.exists()
    assert not EarlierCheck.objects.exists()
    keys = answer.context["form"].initial["earlier"]
    kept = client_of(cast.eda).post(ADD, {"do": "save", "desk": "desk", "earlier": keys})
    assert "bad.json: Earlier checks by others Nothing of it is imported:" in said(kept)
    assert Article.objects.count() == 4
    assert EarlierCheck.objects.count() == 1
    assert set(Transition.objects.values_list("actor__username", flat=True)) == {"eda"}
    again = client_of(cast.eda).post(ADD, {"do": "save", "desk": "desk", "earlier": keys})
    assert "is on the desk already." in said(again)
    assert Article.objects.count() == 4


PAGE = (
    "<!doctype html><title>T</title><p>Words of a page.</p>"
    f'<script type="application/ld+json">{json.dumps(REVIEW)}</script>'
)
TABLE = "claim,label,url\nThe pier is old.,False,https://set.example/1\n"


def test_pages_and_tables_are_read_for_checks_where_it_is_said_that_they_hold_them(cast):
    both = (("page.html", PAGE), ("set.csv", TABLE), ("text.txt", c.TEXT))
    look = send(cast.eda, *both, holds_checks="on")
    assert "page.html: Earlier checks by others 1 would be new" in said(look)
    assert "set.csv: Earlier checks by others 1 would be new" in said(look)
    assert "text.txt: Earlier checks by others Nothing of it is imported:" in said(look)
    initial = look.context["form"].initial
    assert initial["holds_checks"] is True
    sent = {"do": "save", "desk": "desk", "earlier": initial["earlier"], "holds_checks": "on"}
    kept = client_of(cast.eda).post(ADD, sent)
    assert "set.csv: Earlier checks by others 1 new" in said(kept)
    assert set(EarlierCheck.objects.values_list("claim", flat=True)) == {
        REVIEW["claimReviewed"],
        "The pier is old.",
    }
    assert not Article.objects.exists()
    articles = send(cast.eda, *both)
    assert "page.html: Article" in said(articles)


def test_what_was_looked_at_is_imported_as_it_was_looked_at(cast):
    """The box may be changed between the look and the import: nobody imports what was not shown."""
    look = send(cast.eda, ("set.csv", TABLE), holds_checks="on")
    assert "set.csv: Earlier checks by others 1 would be new" in said(look)
    sent = {"do": "save", "desk": "desk", "earlier": look.context["form"].initial["earlier"]}
    kept = client_of(cast.eda).post(ADD, sent)
    assert "set.csv: Earlier checks by others 1 new" in said(kept)
    assert not Article.objects.exists()
    article = send(cast.eda, ("page.html", PAGE))
    assert "page.html: Article" in said(article)
    sent["earlier"] = article.context["form"].initial["earlier"]
    as_article = client_of(cast.eda).post(ADD, sent | {"holds_checks": "on"})
    assert "page.html: Article" in said(as_article)
    assert (Article.objects.count(), EarlierCheck.objects.count()) == (1, 1)


def test_another_look_goes_by_what_the_box_says_now(cast):
    look = send(cast.eda, ("set.csv", TABLE))
    sent = {"do": "look", "desk": "desk", "earlier": look.context["form"].initial["earlier"]}
    again = client_of(cast.eda).post(ADD, sent | {"holds_checks": "on"})
    assert "set.csv: Earlier checks by others 1 would be new" in said(again)
    assert again.context["form"].initial["holds_checks"] is True
    kept = client_of(cast.eda).post(ADD, sent | {"do": "save"})
    assert "set.csv: Earlier checks by others 1 new" in said(kept)


@pytest.mark.parametrize("who", ["ann", "ola"])
def test_checks_are_brought_in_by_those_who_may_alone(cast, who):
    answer = send(getattr(cast, who), ("page.html", PAGE), do="save", holds_checks="on")
    assert answer.status_code == 403
    assert not EarlierCheck.objects.exists()


def test_earlier_checks_are_read_there_and_changed_by_nobody(cast):
    upside_down = PAGE.replace(
        '"bestRating": 5, "worstRating": 1', '"bestRating": 1, "worstRating": 5'
    )
    send(cast.eda, ("page.html", upside_down), do="save", holds_checks="on")
    check = EarlierCheck.objects.get()
    rows = reverse("admin:annotations_earliercheck_changelist")
    row = reverse("admin:annotations_earliercheck_change", args=[check.uuid])
    User.objects.filter(pk=cast.mia.pk).update(is_superuser=True, is_staff=True)
    for person in (cast.ann, cast.ola, cast.eda, cast.mia):
        client = client_of(person)
        assert check.claim in client.get(rows).content.decode()
        shown = client.get(row)
        assert check.publisher in shown.content.decode()
        assert "Its best rating is the lower number." in shown.content.decode()
        assert client.post(row, {"claim": "Mine"}).status_code == 403
        assert client.get(f"{row[: -len('change/')]}delete/").status_code == 403
        add = client.get(reverse("admin:annotations_earliercheck_add"))
        assert add.status_code == 403
    stranger = client_of(cast.stranger)
    assert check.claim not in stranger.get(rows).content.decode()
    assert stranger.get(row).status_code == 404
    groups = client_of(cast.ann).get("/admin/").context["app_list"]
    (group,) = [each for each in groups if "EarlierCheck" in str(each["models"])]
    assert str(group["name"]) == "Evidence"


def test_what_is_wrong_with_a_fixture_is_said_by_line(cast):
    answer = send(cast.eda, ("mine.json", changed('"title"', '"titel"')))
    assert "Line 5: an article that is written by hand has no “titel”" in said(answer)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (changed('"desk": "desk"', '"desk": "other"'), "you may not add articles at “other”"),
        (changed('"desk": "desk"', '"desk": "desk", "by": "mia"'), "import in your own name"),
        (FULL.replace('"mia"', '"eda"'), "Only superusers load fixtures of other rows"),
    ],
)
def test_a_fixture_does_nothing_that_its_person_may_not(cast, text, words):
    c.make_desk("other")
    answer = send(cast.eda, ("mine.json", text), do="save")
    assert words in said(answer)
    assert not Article.objects.exists()


def test_a_superuser_loads_a_whole_fixture_after_a_look(cast):
    User.objects.filter(pk=cast.mia.pk).update(is_superuser=True, is_staff=True)
    answer = send(cast.mia, ("whole.json", FULL))
    assert "whole.json: Fixture 4 rows would be loaded." in said(answer)
    assert not Article.objects.exists()
    assert "4 rows loaded." in said(send(cast.mia, ("whole.json", FULL), do="save"))
    assert Article.objects.get().revision.sentences.count() == 2


def test_a_desk_is_asked_for_where_a_file_needs_one(cast):
    answer = send(cast.eda, ("ferry.txt", c.TEXT), desk="", do="save")
    assert "Choose the desk that it is for." in said(answer)
    assert not Article.objects.exists()


@pytest.mark.parametrize("who", ["ann", "ola"])
def test_whoever_may_not_import_has_no_such_page(cast, who):
    assert client_of(getattr(cast, who)).get(ADD).status_code == 403
    words = client_of(getattr(cast, who)).get(reverse("admin:annotations_article_changelist"))
    assert "Import files" not in words.content.decode()


def test_the_list_of_articles_leads_there(cast):
    page = client_of(cast.eda).get(reverse("admin:annotations_article_changelist"))
    assert f'href="{ADD}"' in page.content.decode()


@pytest.mark.parametrize(("count", "words"), [(0, "Choose a file."), (21, "At most 20 files")])
def test_none_and_too_many_are_refused(cast, count, words):
    answer = send(cast.eda, *[(f"{n}.txt", f"Text {n}.") for n in range(count)])
    assert answer.status_code == 422
    assert words in said(answer)
