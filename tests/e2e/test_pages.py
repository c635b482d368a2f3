"""Every page as people meet it: nothing for axe-core to find, nothing that scrolls sideways.

On the invented article of the fixtures, of which `make screenshots` takes pictures.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import Page

from annotations.models import Article, Claim, Edition, Membership, Source, User
from tests.e2e.pictures import take

pytestmark = pytest.mark.django_db(transaction=True)

WIDE = {"viewport": {"width": 1440, "height": 900}, "color_scheme": "light"}
PHONE = {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"}
NARROWEST = {"width": 320, "height": 640}


def axe_source() -> str:
    spec = find_spec("axe_playwright_python")
    assert spec is not None
    assert spec.origin is not None
    (script,) = Path(spec.origin).parent.rglob("axe.min.js")
    return script.read_text(encoding="utf-8")


AXE = axe_source()


def findings(page: Page) -> list[str]:
    """What axe-core objects to. Evaluated, not added as a script: the CSP forbids that."""
    page.evaluate(AXE)
    result: dict[str, Any] = page.evaluate("axe.run(document, {iframes: false})")
    return [
        f"{found['id']}: {node['html'][:160]} {node['failureSummary'][:300]}"
        for found in result["violations"]
        for node in found["nodes"]
    ]


@pytest.fixture
def fixtures(db) -> None:
    call_command("loaddata", "scales", "sample", "fictional", verbosity=0)


def addresses() -> list[tuple[str, str | None, str, int]]:
    """Name, who looks, address and status of each page, on what the fixtures hold."""
    edition = Edition.objects.filter(desk__slug="lantern", article__isnull=False).latest("number")
    article = edition.article
    assert article is not None
    claim = Claim.objects.filter(desk__slug="lantern", editions__number=2).get()
    bench = f"/articles/{article.pk}/"
    member = Membership.objects.get(desk=article.desk, user__username="bruno")
    source = Source.objects.filter(desk=article.desk, citations__verdict__isnull=False)[0]
    work = {
        stage: Article.objects.filter(
            desk__is_sample=True, revisions__marks__claim__status=stage
        ).distinct()[0]
        for stage in ("checking", "deciding", "decided")
    }
    first = work["checking"].revision.marks.order_by("start")[0].claim_id
    mine = f"/articles/{work['checking'].pk}/?claim={first}"
    return [
        ("latest", None, "/", 200),
        ("public-article", None, f"/checks/lantern/{article.slug}/", 200),
        ("public-claim", None, f"/claims/lantern/{claim.number}-{claim.slug}/", 200),
        ("public-article-arabic", None, f"/checks/lantern/{article.slug}/?lang=ar", 200),
        (
            "public-claim-arabic",
            None,
            f"/claims/lantern/{claim.number}-{claim.slug}/?lang=ar",
            200,
        ),
        ("public-claim-french", None, f"/claims/lantern/{claim.number}-{claim.slug}/?lang=fr", 200),
        ("versions", None, f"/checks/lantern/{article.slug}/versions/", 200),
        ("edition-1", None, f"/checks/lantern/{article.slug}/versions/1/", 200),
        ("search", None, "/search/?q=baths", 200),
        ("corrections", None, "/corrections/", 200),
        ("claimants", None, "/claimants/lantern/", 200),
        ("claimant", None, "/claimants/lantern/?name=Ilsa+Marrender", 200),
        ("about", None, "/about/lantern/", 200),
        ("ratings", None, "/about/lantern/ratings/", 200),
        ("report", None, f"/report/lantern/?claim={claim.number}", 200),
        ("report-thanks", None, "/report/lantern/thanks/", 200),
        ("embed-article", None, f"/embed/checks/lantern/{article.slug}/", 200),
        ("embed-claim", None, f"/embed/claims/lantern/{claim.number}-{claim.slug}/", 200),
        ("reports", "nadia", "/desk/reports/", 200),
        ("statements", "nadia", "/desk/statements/", 200),
        ("not-found", None, "/checks/lantern/no-such-article/", 404),
        ("sign-in", None, "/login/", 200),
        ("queue", "edith", "/desk/", 200),
        ("queue-checker", "carla", "/desk/", 200),
        ("articles", "edith", "/desk/articles/", 200),
        ("add-article", "edith", "/desk/articles/add/", 200),
        ("workbench", "nadia", bench, 200),
        ("claim-panel", "nadia", f"{bench}?claim={claim.pk}", 200),
        ("sentence-panel", "nadia", f"{bench}?sentence=3", 200),
        ("mark-panel", "nadia", f"{bench}?start=70&end=120", 200),
        ("history", "nadia", f"{bench}history/", 200),
        ("correct", "nadia", f"{bench}claims/{claim.pk}/correct/", 200),
        ("check-panel", "carla", mine, 200),
        (
            "source-panel",
            "carla",
            f"{mine}&cite=new",
            200,
        ),
        ("rules", "ruth", "/desk/rules/", 200),
        ("guidelines", "ruth", "/desk/guidelines/?write=1", 200),
        ("people", "ruth", "/desk/people/", 200),
        ("end-membership", "ruth", f"/desk/people/{member.uuid}/end/", 200),
        ("log", "nadia", "/desk/log/", 200),
        ("my-annotations", "carla", "/desk/my-annotations/", 200),
        ("more", "nadia", "/desk/more/", 200),
        ("asked", "edith", f"/articles/{work['checking'].pk}/claims/{first}/asked/", 200),
        ("reword", "edith", f"/articles/{work['checking'].pk}/claims/{first}/reword/", 200),
        ("duplicate", "edith", f"/articles/{work['checking'].pk}/claims/{first}/duplicate/", 200),
        ("replies", "nadia", f"{bench}replies/", 200),
        ("withdraw", "ruth", f"{bench}withdraw/", 200),
        ("retract", "ruth", f"{bench}claims/{claim.pk}/retract/", 200),
        ("source", "nadia", f"/sources/{source.uuid}/", 200),
        ("decide", "edith", f"/articles/{work['deciding'].pk}/decide/", 200),
        ("approve", "emil", f"/articles/{work['decided'].pk}/approve/", 200),
        ("preview", "emil", f"/articles/{work['decided'].pk}/preview/", 200),
    ]


@pytest.mark.parametrize("options", [WIDE, PHONE], ids=["wide-light", "phone-dark"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(fixtures, new_page, options, request):
    people = {user.username: user for user in User.objects.all()}
    look = request.node.callspec.id
    pages: dict[str | None, Page] = {}
    wrong: list[str] = []
    for name, who, address, status in addresses():
        if who not in pages:
            pages[who] = new_page(people[who] if who else None, refusals=(404,), **options)
        page = pages[who]
        response = page.goto(address)
        assert response is not None
        assert response.status == status, f"{name}: {response.status}"
        wrong += [f"{name}: {found}" for found in findings(page)]
        take(page, name, look)
        page.set_viewport_size(NARROWEST)  # type: ignore[arg-type]
        over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if over > 0:
            wrong.append(f"{name}: scrolls sideways by {over} px at 320 px")
        page.set_viewport_size(options["viewport"])
    assert not wrong, "\n".join(wrong)
