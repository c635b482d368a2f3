"""Who makes a desk's claims: the list, one of them, and that two names are one."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse

from annotations import workflow
from annotations.models import Article, Claim, Claimant, Membership, Sighting, Transition
from tests import cast as c

LIST = reverse("claimants", args=["desk"])


def of(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def shown(person, address: str) -> str:
    answer = of(person).get(address)
    assert answer.status_code == 200, answer.status_code
    return " ".join(answer.content.decode().split())


def page(name: str, entry: Claimant) -> str:
    return reverse(name, args=["desk", entry.uuid])


@pytest.fixture
def mary(cast) -> Claimant:
    return Claimant.objects.create(desk=cast.desk, name="Mary Oké", description="council leader")


@pytest.fixture
def mayor(cast) -> Claimant:
    return Claimant.objects.create(desk=cast.desk, name="The mayor")


def spotted(cast, words: str = c.MARKED, **wording: Any) -> Claim:
    return c.mark(c.import_text(cast.desk, cast.eda), words, cast.eda, **wording)


def published(cast, claimant: Claimant) -> tuple[Article, Claim]:
    article, claim = cast.approved()
    Claim.objects.filter(pk=claim.pk).update(claimant=claimant)
    workflow.publish(article, actor=cast.eli)
    claim.refresh_from_db()
    return article, claim


# --- the list ---


def test_the_list_has_an_entry_for_all_names_with_how_many_claims(cast, mary, mayor):
    spotted(cast, claimant=mary)
    _article, frozen = cast.checking()
    Claim.objects.filter(pk=frozen.pk).update(claimant=mayor, reports=mayor)
    workflow.merge_claimants(mary, mayor, actor=cast.eda)
    text = shown(cast.ola, LIST)
    assert text.count("Mary Oké") == 1
    assert "Also: <bdi>The mayor</bdi>" in text
    assert "2 claims made, 1 passed on by others" in text


@pytest.mark.parametrize("typed", ["oke", "MAYOR", "leader mayor"])
def test_a_part_of_any_name_finds_the_main_entry_whatever_its_accents(cast, mary, mayor, typed):
    Claimant.objects.create(desk=cast.desk, name="World Bank")
    workflow.merge_claimants(mary, mayor, actor=cast.eda)
    text = shown(cast.ola, f"{LIST}?q={typed}")
    assert page("claimant", mary) in text
    assert "World Bank" not in text


def test_a_list_of_nobody_says_so(cast):
    assert "Nobody is named yet" in shown(cast.ola, LIST)
    assert "Nobody of that name was found" in shown(cast.ola, f"{LIST}?q=zeppelin")


def test_the_list_goes_on_by_the_page(cast):
    for number in range(51):
        Claimant.objects.create(desk=cast.desk, name=f"Speaker {number}")
    answer = of(cast.ola).get(LIST)
    assert len(answer.context["rows"]) == 50
    older = of(cast.ola).get(f"{LIST}?{answer.context['stretch'].older}")
    assert [str(row["entry"]) for row in older.context["rows"]] == ["Speaker 0"]


# --- one of them ---


def test_a_page_has_every_claim_under_any_name_and_those_that_pass_on_their_words(
    cast, mary, mayor
):
    courier = Claimant.objects.create(desk=cast.desk, name="The Courier", kind="outlet")
    spotted(cast, claimant=courier, reports=mary)
    _article, frozen = cast.checking()
    Claim.objects.filter(pk=frozen.pk).update(claimant=mayor)
    spotted(cast, c.SECOND, claimant=courier, claim_reviewed="Of another.")
    workflow.merge_claimants(mary, mayor, actor=cast.eda)
    text = shown(cast.ola, page("claimant", mary))
    assert "reported by The Courier" in text
    assert "named “The mayor”" in text
    assert "Of another." not in text
    assert "reports what Mary Oké said" in shown(cast.ola, page("claimant", courier))


def test_the_page_of_another_name_leads_to_the_main_one(cast, mary, mayor):
    workflow.merge_claimants(mary, mayor, actor=cast.eda)
    for name in ("claimant", "merge_claimants"):
        answer = of(cast.eda).get(page(name, mayor))
        assert (answer.status_code, answer["Location"]) == (302, page("claimant", mary))


def test_a_look_tells_no_verdict_and_is_no_sighting(cast, mary):
    _article, claim = cast.deciding()
    Claim.objects.filter(pk=claim.pk).update(claimant=mary)
    c.decide(claim, cast.eda, "false", finding="It is not so.")
    text = shown(cast.ola, page("claimant", mary))
    assert claim.claim_reviewed in text
    assert "It is not so." not in text
    assert not Sighting.objects.filter(person=cast.ola).exists()


def test_the_claims_list_and_the_search_lead_to_the_page(cast, mary, mayor):
    spotted(cast, claimant=mary)
    workflow.merge_claimants(mary, mayor, actor=cast.eda)
    assert page("claimant", mary) in shown(cast.ola, reverse("claims", args=["desk"]))
    found = shown(cast.ola, f"{reverse('desk_search', args=['desk'])}?q=mayor")
    assert page("claimant", mary) in found
    assert page("claimant", mayor) not in found


# --- saying that two names are one ---


def look(person, entry: Claimant, name: str):
    return of(person).get(page("merge_claimants", entry), {"name": name})


def merge(person, entry: Claimant, other: Claimant, main: Claimant, **more: str):
    sent = {"other": str(other.uuid), "main": str(main.uuid), "key": str(uuid.uuid4())} | more
    return of(person).post(page("merge_claimants", entry), sent)


@pytest.mark.parametrize("typed", ["the  MAYOR", "mayor"])
def test_another_is_found_by_the_name_or_a_part_and_both_are_named_first(cast, mary, mayor, typed):
    spotted(cast, claimant=mayor)
    answer = look(cast.eda, mary, typed)
    text = " ".join(answer.content.decode().split())
    assert answer.status_code == 200
    assert "Are “Mary Oké” and “The mayor” the same?" in text
    assert "Mary Oké (1 claim whose wording is open will name it)" in text
    assert "The mayor (0 claims whose wording is open will name it)" in text
    assert Claimant.objects.filter(same_as__isnull=False).count() == 0


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("zeppelin", "Nobody else is called that here."),
        ("a", "Several have that in their name"),
        ("mary oké", "is a name of this entry already"),
        ("", "This field is required."),
    ],
)
def test_what_names_nobody_else_is_said_with_what_was_typed(cast, mary, mayor, typed, said):
    Claimant.objects.create(desk=cast.desk, name="A. Nother")
    answer = look(cast.eda, mary, typed)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert f'value="{typed}"' in answer.content.decode() or not typed


def test_the_main_name_is_the_editors_choice(cast, mary, mayor):
    spotted(cast, claimant=mary)
    answer = merge(cast.eda, mary, mayor, main=mayor)
    assert answer["Location"] == page("claimant", mayor)
    mary.refresh_from_db()
    assert mary.same_as == mayor
    text = shown(cast.eda, page("claimant", mayor))
    assert "No longer the same" in text


def test_what_became_of_it_is_told(cast, mary, mayor):
    spotted(cast, claimant=mayor)
    client = of(cast.eda)
    sent = {"other": str(mayor.uuid), "main": str(mary.uuid)}
    text = client.post(page("merge_claimants", mary), sent, follow=True).content.decode()
    assert "“The mayor” is another name of “Mary Oké” now." in text
    assert "1 claim whose wording is open names the main one." in text


def test_the_form_sent_twice_has_one_effect_and_one_answer(cast, mary, mayor):
    key = str(uuid.uuid4())
    answers = [merge(cast.eda, mary, mayor, main=mary, key=key) for _each in range(2)]
    assert [answer["Location"] for answer in answers] == [page("claimant", mary)] * 2
    assert Transition.objects.filter(move="merge claimants").count() == 1


def test_a_form_of_a_name_that_was_merged_meanwhile_is_refused_and_shown_again(cast, mary, mayor):
    third = Claimant.objects.create(desk=cast.desk, name="M. Oké")
    assert look(cast.eda, mary, "M. Oké").status_code == 200
    workflow.merge_claimants(mayor, mary, actor=cast.eli)
    answer = merge(cast.eda, mary, third, main=mary)
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "“Mary Oké” is another name of “The mayor”: choose “The mayor” instead." in text
    third.refresh_from_db()
    assert third.same_as is None


@pytest.mark.parametrize("sent", [{"other": "x"}, {"other": ""}, {"other": str(uuid.uuid4())}])
def test_a_key_that_names_nobody_is_not_found(cast, mary, sent):
    assert of(cast.eda).post(page("merge_claimants", mary), sent).status_code == 404


def test_a_name_of_another_desk_is_not_there(cast, mary):
    other = Claimant.objects.create(desk=cast.stranger.desks.get(), name="Elsewhere")
    assert merge(cast.eda, mary, other, main=mary).status_code == 404
    assert look(cast.eda, mary, "Elsewhere").status_code == 422


def test_an_address_names_its_desk_for_whoever_belongs_to_two(cast, mary):
    elsewhere = cast.stranger.desks.get()
    Membership.objects.create(desk=elsewhere, user=cast.eda, role="editor")
    other = Claimant.objects.create(desk=elsewhere, name="Elsewhere")
    assert of(cast.eda).get(page("claimant", other)).status_code == 404
    assert merge(cast.eda, mary, other, main=mary).status_code == 404


@pytest.mark.parametrize("who", ["ola", "ann"])
def test_who_may_not_is_offered_nothing_and_refused(cast, mary, mayor, who):
    person = getattr(cast, who)
    workflow.merge_claimants(mary, mayor, actor=cast.eda)
    text = shown(person, page("claimant", mary))
    assert "No longer the same" not in text
    assert "Look at both" not in text
    assert merge(person, mary, mayor, main=mary).status_code == 403
    assert of(person).post(page("part_claimants", mayor)).status_code == 403


def test_a_name_is_parted_again_and_one_leads_back(cast, mary, mayor):
    workflow.merge_claimants(mary, mayor, actor=cast.eda)
    client = of(cast.eda)
    answer = client.post(page("part_claimants", mayor), follow=True)
    assert answer.redirect_chain[0][0] == page("claimant", mary)
    assert "“The mayor” stands for itself again." in answer.content.decode()
    again = client.post(
        page("part_claimants", mayor), headers={"Referer": f"http://testserver{LIST}"}
    )
    assert again["Location"] == f"http://testserver{LIST}"
    assert "“The mayor” stands for itself already." in client.get(LIST).content.decode()


# --- other lists ---


def test_the_claims_of_all_names_are_found_by_any_of_them(cast, mary, mayor):
    _article, frozen = cast.checking()
    Claim.objects.filter(pk=frozen.pk).update(claimant=mayor)
    workflow.merge_claimants(mary, mayor, actor=cast.eda)
    for name in ("claims", "desk_search", "articles"):
        address = reverse(name, args=["desk"])
        assert "never asked" in shown(cast.ola, f"{address}?q=Oke") or name == "articles"
        assert "Ferry to return" in shown(cast.ola, f"{address}?q=Oke") or name == "desk_search"


def test_the_renewal_pack_counts_all_names_as_one(cast, mary, mayor):
    published(cast, mayor)
    published(cast, mary)
    workflow.merge_claimants(mary, mayor, actor=cast.eda)
    answer = of(cast.eda).get(reverse("renewal", args=["desk"]))
    rows = str(answer.content.decode())
    assert rows.count("The mayor") == 1, "the list of checks keeps what was published"
    (figure,) = [each for each in answer.context["figures"] if each.key == "claimants"]
    assert [(row.name, row.cells) for row in figure.rows] == [("Mary Oké", [2])]


# --- what readers get ---


@pytest.fixture(autouse=True)
def empty_cache():
    caches["process"].clear()


PUBLIC = "/claimants/desk/"


def test_readers_have_one_entry_under_the_main_name_and_the_old_address_leads_to_it(
    cast, mary, mayor
):
    _article, claim = published(cast, mayor)
    before = Client().get(PUBLIC)
    assert "The mayor" in before.content.decode()
    workflow.merge_claimants(mary, mayor, actor=cast.eda)
    after = Client().get(PUBLIC, headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200, "the list is another"
    assert "Mary Oké" in after.content.decode()
    assert "The mayor" not in after.content.decode()
    old = Client().get(f"{PUBLIC}?name=The+mayor&lang=fr")
    assert (old.status_code, old["Location"]) == (301, f"{PUBLIC}?lang=fr&name=Mary+Ok%C3%A9")
    assert "max-age=0" in old["Cache-Control"], "it can be taken back"
    text = Client().get(f"{PUBLIC}?name=Mary+Oké").content.decode()
    assert "1 claim was checked" in " ".join(text.split())
    assert claim.claim_reviewed in text
    feed = Client().get("/feeds/desk/claimant.atom?name=The+mayor")
    assert feed["Location"] == "/feeds/desk/claimant.atom?name=Mary+Ok%C3%A9"
    assert Client().get(feed["Location"]).status_code == 200


def test_what_was_published_keeps_the_words_it_was_published_with(cast, mary, mayor):
    _article, claim = published(cast, mayor)
    own = reverse("public_claim", args=["desk", claim.number, claim.slug])
    workflow.merge_claimants(mary, mayor, actor=cast.eda)
    text = Client().get(own).content.decode()
    assert "The mayor" in text
    assert "Mary" not in text


def test_a_name_that_readers_never_had_leads_nowhere(cast, mary, mayor):
    """That somebody is called so at the desk is nothing that was published."""
    published(cast, mary)
    workflow.merge_claimants(mary, mayor, actor=cast.eda)
    assert Client().get(f"{PUBLIC}?name=The+mayor").status_code == 404
    assert Client().get("/feeds/desk/claimant.atom?name=The+mayor").status_code == 404


def test_readers_search_and_choose_by_the_main_name(cast, mary, mayor):
    published(cast, mayor)
    published(cast, mary)
    workflow.merge_claimants(mary, mayor, actor=cast.eda)
    for asked in ("/search/?claimant=Mary+Oké", "/search/?claimant=Mary+Oké&desk=desk"):
        answer = Client().get(asked)
        assert len(answer.context["results"]) == 2
        assert answer.context["choices"].claimants == ["Mary Oké"]
    (row,) = Client().get(PUBLIC).context["claimants"]
    assert (row["who"].count, row["who"].description) == (2, "council leader")


def test_once_parted_each_has_its_entry_again(cast, mary, mayor):
    published(cast, mayor)
    workflow.merge_claimants(mary, mayor, actor=cast.eda)
    Client().get(PUBLIC)
    mayor.refresh_from_db()
    workflow.part_claimants(mayor, actor=cast.eda)
    assert "The mayor" in Client().get(PUBLIC).content.decode()
    assert Client().get(f"{PUBLIC}?name=The+mayor").status_code == 200


# --- what is said of one ---


def edit(person, entry: Claimant, client: Client | None = None, **typed: str):
    address = page("edit_claimant", entry)
    client = client or of(person)
    got = client.get(address)
    sent = {"key": str(uuid.uuid4()), "name": entry.name, "kind": entry.kind}
    sent |= {"base": got.context["base"], "description": entry.description} | typed
    return client.post(address, sent)


def test_an_editor_corrects_what_somebody_is_called_and_is(cast, mary):
    answer = edit(cast.eda, mary, name=" Mary  Okoye ", kind="organisation")
    assert answer.status_code == 302
    mary.refresh_from_db()
    assert (mary.name, mary.kind, mary.description) == (
        "Mary Okoye",
        "organisation",
        "council leader",
    )
    text = shown(cast.ola, page("claimant", mary))
    assert "Mary Okoye" in text
    assert "<bdi>Mary Oké</bdi>" in text, "under other names"
    assert 'href="/desks/desk/claimants/' + str(mary.uuid) + '/edit/"' not in text
    assert "/edit/" in shown(cast.eda, page("claimant", mary))


def test_what_was_said_before_stands_beside_the_entry(cast, mary):
    published(cast, mary)
    edit(cast.eda, mary, description="mayor")
    text = shown(cast.eda, page("claimant", mary))
    assert "Said before: Person, <bdi>council leader</bdi>" in text
    assert "No longer the same" not in text
    address = reverse("public_claimants", args=["desk"]) + "?name=Mary+Ok%C3%A9"
    caches["process"].clear()
    answer = Client().get(address)
    assert answer.status_code == 200
    assert "council leader" in answer.content.decode()


def test_readers_of_the_old_name_are_led_to_the_new_one(cast, mary):
    published(cast, mary)
    edit(cast.eda, mary, name="Mary Okoye")
    caches["process"].clear()
    answer = Client().get(reverse("public_claimants", args=["desk"]) + "?name=Mary+Ok%C3%A9")
    assert answer.status_code == 301
    assert answer["Location"].endswith("?name=Mary+Okoye")


def test_a_late_change_comes_back_with_what_was_typed_and_can_be_sent_again(cast, mary):
    client = of(cast.eda)
    base = client.get(page("edit_claimant", mary)).context["base"]
    edit(cast.eli, mary, description="mayor")
    late = edit(cast.eda, mary, client, base=base, name="Mary Okoye")
    assert late.status_code == 409
    assert "Somebody changed this entry meanwhile." in late.content.decode()
    assert 'value="Mary Okoye"' in late.content.decode()
    again = edit(cast.eda, mary, client, base=late.context["base"], name="Mary Okoye")
    assert again.status_code == 302


def test_the_name_of_another_is_refused_with_what_to_do(cast, mary, mayor):
    answer = edit(cast.eda, mary, name="the mayor")
    assert answer.status_code == 409
    assert "has an entry already. Say that they are the same." in answer.content.decode()


def test_sent_twice_it_is_changed_once(cast, mary):
    client = of(cast.eda)
    sent = {"key": str(uuid.uuid4()), "name": "Mary Okoye"}
    base = client.get(page("edit_claimant", mary)).context["base"]
    answers = [edit(cast.eda, mary, client, base=base, **sent) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Transition.objects.filter(move="change claimant").count() == 1


@pytest.mark.parametrize("base", ["", "3", "[1, 2, 3]", '["a"]', "{"])
def test_a_base_that_is_none_is_refused_in_words(cast, mary, base):
    assert edit(cast.eda, mary, base=base, name="Else").status_code == 422
    mary.refresh_from_db()
    assert mary.name == "Mary Oké"
