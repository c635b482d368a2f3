"""Who makes claims: one entry a name, and what they are is said where they are named."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from annotations import workflow
from annotations.models import Claimant, Desk
from annotations.vocabulary import ClaimantKind
from tests import cast as c


def is_new(desk: Desk, name: str) -> bool:
    return Claimant.objects.named(desk, name) is None


@pytest.mark.parametrize("typed", ["World Bank", "world  bank", " WORLD BANK", "Ｗorld\u00a0Bank"])
def test_a_name_is_one_entry_whatever_its_case_spaces_and_width(cast, typed):
    known = Claimant.objects.create(desk=cast.desk, name="World Bank", kind="organisation")
    assert Claimant.objects.named(cast.desk, typed) == known


def test_accents_tell_two_people_apart(cast):
    Claimant.objects.create(desk=cast.desk, name="Muller")
    assert is_new(cast.desk, "Müller")


def test_the_entry_that_is_written_as_typed_comes_first(cast):
    Claimant.objects.create(desk=cast.desk, name="who")
    exact = Claimant.objects.create(desk=cast.desk, name="WHO")
    assert Claimant.objects.named(cast.desk, "WHO") == exact


def test_another_desks_claimant_is_another(cast):
    other = c.make_desk("other")
    Claimant.objects.create(desk=other, name="World Bank")
    assert is_new(cast.desk, "World Bank")


@pytest.mark.parametrize(
    ("name", "said", "kind"),
    [
        ("World Bank", "organisation", ClaimantKind.ORGANISATION),
        ("Ada Lovelace", "", ClaimantKind.PERSON),
        ("the  courier", "person", ClaimantKind.OUTLET),
    ],
)
def test_what_a_new_claimant_is_is_said_where_it_is_typed(cast, name, said, kind):
    article = c.import_text(cast.desk, cast.eda, outlet="The Courier")
    text = article.revision.text
    start = text.index(c.MARKED)
    client = Client()
    client.force_login(cast.eda)
    client.post(
        reverse("mark", args=[article.pk]),
        {
            "start": start,
            "end": start + len(c.MARKED),
            "exact": c.MARKED,
            "claim_reviewed": "Boats sail.",
            "type": "event",
            "claimant_name": name,
            "claimant_kind": said,
            "said_on": "",
        },
    )
    made = Claimant.objects.get()
    assert (made.name, made.kind) == (" ".join(name.split()), kind)


def test_a_known_claimant_stays_what_it_is(cast):
    known = Claimant.objects.create(desk=cast.desk, name="World Bank", kind="organisation")
    typed = workflow.claimant_typed(cast.desk, "World  bank", kind="person")
    found = workflow.ClaimDraft("Boats sail.", claimant=typed).settled().claimant
    assert found == known
    assert found.kind == ClaimantKind.ORGANISATION
