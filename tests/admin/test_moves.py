"""What else the admin can run: asking, taking back, rewording, replies, rules and people."""

import pytest
from django.urls import reverse

from annotations import workflow
from annotations.models import (
    DESCRIBED,
    Article,
    Assignment,
    Claim,
    Desk,
    Membership,
    ReplyRequest,
    Transition,
    User,
)
from annotations.words.log import said
from tests import cast as c

from .hands import Hands


@pytest.fixture
def hands(cast):
    return {name: Hands(getattr(cast, name)) for name in ("ann", "eda", "eli", "mia")}


def status(row) -> str:
    return str(type(row).objects.values_list("status", flat=True).get(pk=row.pk))


def test_somebody_is_asked_declines_and_is_asked_no_longer(cast, hands):
    _article, claim = cast.checking()
    said = hands["eda"].act("claim", "assign", claim, who="mia", task="check")
    assert "Mia is asked" in said
    mine = c.check_of(claim, cast.ann)
    assert "You have declined." in hands["ann"].act("assignment", "decline", mine, reason="Ill.")
    theirs = Assignment.objects.get(claim=claim, person=cast.mia)
    assert "Mia is not asked" in hands["eda"].act("assignment", "take_back", theirs, reason="Oh.")
    assert (status(mine), status(theirs)) == ("declined", "expired")


def test_a_frozen_wording_changes_and_a_duplicate_names_its_other(cast, hands):
    article, claim = cast.checking()
    page = hands["eda"].ask("claim", "reword", claim)
    sent = {field.html_name: field.value() for field in page.context["form"]}
    sent = {name: value for name, value in sent.items() if value is not None}
    sent |= {"claim_reviewed": "Put so.", "reason": "Unclear.", "claimant_name": "The Test"}
    said = hands["eda"].act("claim", "reword", claim, **sent)
    assert "The wording is now “Put so.”" in said
    late = hands["eda"].act("claim", "reword", claim, **(sent | {"claim_reviewed": "Otherwise."}))
    assert "Somebody changed the wording meanwhile" in late
    assert "Now saved: “Put so.”" in late
    assert "Otherwise." in late, "what was typed is there"
    other = c.mark(article, c.SECOND, cast.eda)
    claim.refresh_from_db()
    assert claim.claimant is not None
    assert "no claim of that number" in hands["eda"].act("claim", "duplicate", other, same_as=99)
    hands["eda"].act("claim", "duplicate", other, same_as=claim.number)
    assert Claim.objects.get(pk=other.pk).duplicate_of == claim


def test_what_is_published_is_withdrawn_and_retracted_by_a_manager_and_confirmed(cast, hands):
    article, claim = cast.published()
    assert 'value="retract"' not in hands["eda"].list("claim").content.decode()
    said = hands["mia"].act("claim", "retract", claim, why="The register was forged.")
    assert "is retracted" in said
    assert "someone else confirms" in hands["mia"].act("claim", "confirm", claim)
    assert "confirmed" in hands["eli"].act("claim", "confirm", claim)
    assert "is withdrawn" in hands["mia"].act("article", "withdraw", article, why="A court.")
    assert "confirmed" in hands["eda"].act("article", "confirm", article)
    moves = Transition.objects.filter(move="confirm taking back").order_by("pk")
    assert [line.actor for line in moves] == [cast.eli, cast.eda]


def details(hand: Hands, article: Article, **typed: str) -> dict[str, str]:
    """What the page of the details sends: as it was shown, but for what was typed."""
    context = hand.ask("article", "describe", article).context
    sent = {field.html_name: field.value() for field in context["form"]}
    return sent | dict(context["hidden"][-len(DESCRIBED) :]) | typed


def test_the_details_of_an_article_are_changed_and_emptied(cast, hands):
    article = c.import_text(cast.desk, cast.eda, outlet="The Test", byline="By somebody")
    eda = hands["eda"]
    sent = details(eda, article, title="Ferry stops", outlet="", published_on="2026-11")
    assert "the details are changed" in eda.act("article", "describe", article, **sent)
    article.refresh_from_db()
    assert (article.title, article.outlet, article.byline) == ("Ferry stops", "", "By somebody")
    assert article.published_on == "2026-11"
    sent = details(eda, article, url="javascript:1")
    assert "valid URL" in eda.act("article", "describe", article, **sent)
    sent = details(eda, article, published_on="2026-02-30")
    assert "There is a problem" in eda.act("article", "describe", article, **sent)


def test_details_that_somebody_changed_meanwhile_are_shown_before_they_are_changed(cast, hands):
    article = c.import_text(cast.desk, cast.eda, outlet="The Test")
    eda = hands["eda"]
    sent = details(eda, article, outlet="Ours")
    workflow.describe(article, {"outlet": "Theirs"}, actor=cast.eli, base={"outlet": "The Test"})
    told = eda.act("article", "describe", article, **sent)
    assert "Somebody changed this meanwhile" in told
    assert "Now saved: “Theirs”" in told
    assert 'value="Ours"' in told, "what was typed is there"
    assert 'name="initial-outlet" value="Theirs"' in told
    assert "the details are changed" in eda.act(
        "article", "describe", article, **(sent | {"initial-outlet": "Theirs"})
    )
    article.refresh_from_db()
    assert article.outlet == "Ours"


def test_details_are_changed_of_one_article_at_a_time(cast, hands):
    other = c.import_text(cast.desk, cast.eda, "The pier is new.")
    told = hands["eda"].act("article", "describe", cast.article(), other)
    assert "at most 1 at once" in told


def test_a_translation_is_tied_and_untied(cast, hands):
    original = cast.article()
    french = c.import_text(cast.desk, cast.eda, "Le bac a coulé.", language="fr")
    assert "is tied to its original" in hands["eda"].act(
        "article", "translate", french, original=original.uuid
    )
    french.refresh_from_db()
    assert french.original == original
    assert "not a translation any more" in hands["eda"].act("article", "untie", french)


def test_a_claim_is_tied_to_the_same_in_another_language_and_untied(cast, hands):
    _article, claim = cast.marked()
    french = c.mark(
        c.import_text(cast.desk, cast.eda, "Le bac a coulé.", language="fr"),
        "Le bac a coulé",
        cast.eda,
    )
    eda = hands["eda"]
    assert "has no claim of that number" in eda.act("claim", "translate", french, same_as=404)
    assert "is tied to its original" in eda.act("claim", "translate", french, same_as=claim.number)
    french.refresh_from_db()
    assert french.original == claim
    assert "not a translation any more" in eda.act("claim", "untie", french)


def test_a_reply_is_kept(cast, hands):
    _article, claim = cast.deciding()
    asked = workflow.ask_reply([claim], "The mayor", channel="email", actor=cast.eda)
    hands["eli"].act("replyrequest", "keep_reply", asked, answer="It is so.")
    assert ReplyRequest.objects.get().answer == "It is so."


def test_a_superusers_change_of_rules_and_people_is_in_the_desks_log(cast):
    root = Hands(c.make_person("root", cast.desk, "observer"), superuser=True)
    fields = root.fields_of(cast.desk) | {"lapse_days": 3, "sources_needed": 2}
    root.client.post(root.address(cast.desk), fields)
    desk = Desk.objects.get(pk=cast.desk.pk)
    assert (desk.lapse_days, desk.sources_needed) == (3, 2)
    line = Transition.objects.get(move="change rules")
    assert str(line.actor) == "Root"
    assert line.detail["fields"]["lapse_days"] == [None, 3]
    add = reverse("admin:annotations_membership_add")
    sent = {"desk": desk.pk, "user": cast.stranger.pk, "role": "checker"}
    root.client.post(add, sent)
    made = Membership.objects.get(desk=desk, user=cast.stranger)
    root.client.post(root.address(made, "delete"), {"post": "yes"})
    assert not Membership.objects.filter(pk=made.pk).exists()
    lines = Transition.objects.filter(person=cast.stranger).order_by("pk")
    assert [row.move for row in lines] == ["enrol", "end membership"]


def test_what_a_desk_is_called_changes_by_a_move_and_its_address_only_before_readers_have_it(cast):
    root = Hands(c.make_person("root", cast.desk, "observer"), superuser=True)
    fields = root.fields_of(cast.desk) | {"organisation": "The Harbour Post", "slug": "harbour"}
    root.client.post(root.address(cast.desk), fields)
    desk = Desk.objects.get(pk=cast.desk.pk)
    assert (desk.organisation, desk.slug) == ("The Harbour Post", "harbour")
    (line,) = Transition.objects.filter(desk=desk, move="change rules")
    assert "The Harbour Post" in said(line)
    cast.published()
    assert "slug" not in root.fields_of(desk)
    with pytest.raises(workflow.Refused, match="“harbour” in them"):
        workflow.change_rules(desk, {"slug": "pier"}, actor=cast.mia, reason="Shorter.")


def test_a_superusers_change_of_the_scale_is_in_the_desks_log_or_refused(cast):
    root = Hands(c.make_person("root", cast.desk, "observer"), superuser=True)
    before, other = cast.desk.scale, c.make_scale("four")
    cast.marked()
    fields = root.fields_of(cast.desk) | {"scale": other.pk}
    root.client.post(root.address(cast.desk), fields)
    assert Desk.objects.get(pk=cast.desk.pk).scale == other
    line = Transition.objects.get(move="change rules")
    assert str(line.actor) == "Root"
    assert line.detail["fields"] == {"scale": [str(before), str(other)]}
    assert "scale" in said(line)
    workflow.open_checking(Article.objects.get(), [cast.ann, cast.ben], actor=cast.eda)
    answer = root.client.post(
        root.address(cast.desk), fields | {"scale": before.pk, "lapse_days": 5}, follow=True
    )
    assert "is being rated" in answer.content.decode()
    desk = Desk.objects.get(pk=cast.desk.pk)
    assert (desk.scale, desk.lapse_days) == (other, 5)


@pytest.mark.parametrize("address", ["ann@post.example", "ANN@Post.example"])
def test_one_address_is_one_account(cast, address):
    root = Hands(c.make_person("root", cast.desk, "observer"), superuser=True)
    User.objects.filter(pk=cast.ann.pk).update(email="ann@post.example")
    form = reverse("admin:annotations_user_change", args=[cast.ben.pk])
    sent = {"username": "ben", "first_name": "Ben", "is_active": "on", "email": address}
    answer = root.client.post(form, sent)
    assert "Ann has this address" in answer.content.decode()
    assert User.objects.get(pk=cast.ben.pk).email != address
    assert root.client.post(form, sent | {"email": "ben@post.example"}).status_code == 302
    assert User.objects.get(pk=cast.ben.pk).email == "ben@post.example"


def test_a_scale_in_use_does_not_change_by_a_form_that_was_open_before(cast):
    root = Hands(c.make_person("root", cast.desk, "observer"), superuser=True)
    scale = cast.desk.scale
    fields = root.fields_of(scale) | {"name": "Another", "slug": "another"}
    cast.checking()
    answer = root.client.post(root.address(scale), fields, follow=True)
    assert "This scale is in use" in answer.content.decode()
    scale.refresh_from_db()
    assert (scale.name, scale.slug) == ("Three", "three")


def test_a_superuser_cannot_take_a_desks_last_manager_either(cast):
    root = Hands(c.make_person("root", cast.desk, "observer"), superuser=True)
    mine = cast.mia.memberships.get()
    answer = root.client.post(root.address(mine, "delete"), {"post": "yes"}, follow=True)
    assert "A desk keeps one manager at least." in answer.content.decode()
    assert Membership.objects.filter(pk=mine.pk).exists()


def account(person):
    return reverse("admin:annotations_user_change", args=[person.pk])


def sent(form):
    """What the browser sends back of a form that nobody changed."""
    fields = {f"initial-{name}": "True" for name in ("is_active",) if form[name].value()}
    shown = ("username", "first_name", "last_name", "email", "is_active", "is_staff")
    values = {name: form[name].value() for name in shown}
    return fields | {name: value for name, value in values.items() if value}


def test_an_account_is_closed_and_opened_by_moves_that_its_desks_have_in_their_logs(cast):
    root = Hands(c.make_person("root", cast.desk, "observer"), superuser=True)
    page = root.get(account(cast.ben))
    assert 'name="initial-is_active"' in page.content.decode()
    fields = sent(page.context["adminform"].form)
    closed = {name: value for name, value in fields.items() if name != "is_active"}
    assert root.client.post(account(cast.ben), closed).status_code == 302
    assert not User.objects.get(pk=cast.ben.pk).is_active
    opened = sent(root.get(account(cast.ben)).context["adminform"].form) | {"is_active": "on"}
    assert root.client.post(account(cast.ben), opened).status_code == 302
    assert User.objects.get(pk=cast.ben.pk).is_active
    lines = Transition.objects.filter(person=cast.ben, move__in=["deactivate", "activate"])
    told = [(line.move, str(line.actor)) for line in lines.order_by("pk")]
    assert told == [("deactivate", "Root"), ("activate", "Root")]


def test_a_form_that_was_open_before_lets_nobody_in_again(cast):
    root = Hands(c.make_person("root", cast.desk, "observer"), superuser=True)
    fields = sent(root.get(account(cast.ben)).context["adminform"].form)
    workflow.set_active(cast.ben, False, actor=root.user)
    root.client.post(account(cast.ben), fields | {"first_name": "Benjamin"})
    ben = User.objects.get(pk=cast.ben.pk)
    assert (ben.first_name, ben.is_active) == ("Benjamin", False)
    assert not Transition.objects.filter(move="activate").exists()
