"""A newsroom's own look: a manager chooses it, and its public pages and its desk have it."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from annotations import blobs, workflow
from annotations.formats import logo
from annotations.forms import LookForm
from annotations.models import Desk, Transition
from annotations.workflow import NewLook, change_look
from tests import cast as c
from tests.formats import logos
from tests.views.readers import article_page, claim_page
from tests.views.sending import hidden
from tests.views.test_access import client_of

pytestmark = pytest.mark.django_db

BLUE = "#0b4a9e"
URL = "/desks/desk/look/"
YEAR = int(timedelta(days=365).total_seconds())


@pytest.fixture
def cast() -> c.Cast:
    return c.Cast()


def give_look(cast: c.Cast, colour: str = BLUE, data: bytes | None = logos.LOGO) -> Desk:
    drawn = logo.drawn(data) if data else None
    return change_look(cast.desk, NewLook(colour, drawn), actor=cast.mia, reason="Ours.")


def upload(data: bytes, name: str = "logo.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, "image/png")


def asked(client: Client, **sent: object) -> dict[str, object]:
    return {"colour": BLUE, "reason": "Ours."} | hidden(client, URL) | sent


def page(url: str) -> str:
    answer = Client().get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def sheets(html: str) -> list[str]:
    return re.findall(r'<link rel="stylesheet" href="(/looks/[^"]+)"', html)


def pictures(html: str) -> list[str]:
    return re.findall(r'(?:src|href)="(/looks/[^"]+\.png)"', html)


# --- choosing ---


def test_a_manager_chooses_a_logo_and_a_colour(cast):
    mia = client_of(cast.mia)
    assert "Choose a logo and a colour" in mia.get("/desks/desk/rules/").content.decode()
    answer = mia.post(URL, asked(mia, colour="#0B4A9E", logo=upload(logos.LOGO)))
    assert (answer.status_code, answer["Location"]) == (302, URL)
    desk = Desk.objects.get(pk=cast.desk.pk)
    assert (desk.colour, bool(desk.logo_file)) == (BLUE, True)
    html = mia.get(URL).content.decode()
    assert f"{BLUE}, as it is" in html
    assert "to be read: it stands out 4.5 to 1, and 4.5 are needed" in html
    log = client_of(cast.ola).get("/desks/desk/log/").content.decode()
    assert f"colour: none → {BLUE}" in log
    assert f"logo: none → {desk.logo_file[:16]}" in log


def test_the_logo_goes_again(cast):
    give_look(cast)
    mia = client_of(cast.mia)
    assert mia.post(URL, asked(mia, without_logo="on")).status_code == 302
    assert not Desk.objects.get(pk=cast.desk.pk).logo_file


def test_a_new_logo_is_not_taken_away_at_once(cast):
    give_look(cast)
    mia = client_of(cast.mia)
    sent = asked(mia, without_logo="on", logo=upload(logos.SYMBOL))
    assert mia.post(URL, sent).status_code == 422


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (logos.SVG, "This is no PNG, JPEG or WebP picture, whatever its name says."),
        (logos.claiming(60_000, 60_000), "The picture has more than 8 million pixels."),
        (logos.LOGO[: len(logos.LOGO) // 2], "The picture cannot be read to its end."),
        (logos.moving("WEBP"), "The picture moves."),
        (logos.LOGO + b"\0" * logo.MOST_BYTES, "The file is larger than 1 MB."),
    ],
)
def test_a_file_that_is_no_logo_is_refused_in_words(cast, data, said):
    mia = client_of(cast.mia)
    answer = mia.post(URL, asked(mia, reason="Typed", logo=upload(data)))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert said in html
    assert "Typed" in html
    assert f'value="{BLUE}"' in html
    assert "Choose the file again" in html
    assert Desk.objects.get(pk=cast.desk.pk).look is None


def test_a_file_that_is_too_large_is_not_read():
    class Large(SimpleUploadedFile):
        def read(self, *_sizes: int) -> bytes:
            raise AssertionError("it was read")

    large = Large("logo.png", b"\0" * (logo.MOST_BYTES + 1), "image/png")
    form = LookForm({"reason": "Ours."}, {"logo": large}, has_logo=False)
    assert form.errors["logo"] == ["The file is larger than 1 MB."]


@pytest.mark.parametrize("colour", ["red", "#fff", "0b4a9e", "#0b4a9g"])
def test_a_colour_is_six_signs(cast, colour):
    mia = client_of(cast.mia)
    answer = mia.post(URL, asked(mia, colour=colour, reason="Typed"))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "such as #0b4a9e" in html
    assert f'value="{colour}"' in html
    assert "Typed" in html


def test_a_look_changed_by_another_is_shown_before_it_is_written_over(cast):
    mia = client_of(cast.mia)
    sent = asked(mia, reason="Typed", logo=upload(logos.LOGO))
    give_look(cast, "#7d0a2a", None)
    answer = mia.post(URL, sent)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody changed the look meanwhile" in html
    assert "Typed" in html
    assert "#7d0a2a, as it is" in html
    assert Desk.objects.get(pk=cast.desk.pk).colour == "#7d0a2a"
    again = re.search(r'name="based_on" value="(\w+)"', html)
    assert again is not None
    sent |= {"based_on": again[1], "logo": upload(logos.LOGO)}
    assert mia.post(URL, sent).status_code == 302


# --- serving ---


def test_public_pages_have_the_look(cast):
    article, claim = cast.published()
    bare = page(article_page(article))
    assert "/looks/" not in bare
    desk = give_look(cast)
    for url in (
        article_page(article),
        claim_page(claim),
        reverse("public_desk", args=["desk"]),
        reverse("public_about", args=["desk"]),
        reverse("public_claimants", args=["desk"]),
        reverse("public_desk_corrections", args=["desk"]),
        reverse("public_versions", args=["desk", article.slug]),
        reverse("public_edition", args=["desk", article.slug, 1]),
        reverse("public_search") + "?desk=desk",
        f"{reverse('report', args=['desk'])}?claim={claim.number}",
        reverse("report_thanks", args=["desk"]),
    ):
        html = page(url)
        assert len(sheets(html)) == 1, url
        icon, touch_icon, shown = pictures(html)
        assert "/icon/" in icon
        assert "/touch-icon/" in touch_icon
        assert f'<img class="logo" src="{shown}" alt="{desk.organisation}"' in html, url
        assert f'width="{desk.logo_width}" height="{desk.logo_height}"' in html
        assert "icons.svg" not in html.split("</head>")[0]


def test_pages_of_all_desks_and_embeds_keep_the_sites_own(cast):
    article, claim = cast.published()
    give_look(cast)
    for url in (
        reverse("public_index"),
        reverse("public_search"),
        reverse("public_corrections"),
        reverse("account_login"),
        reverse("embed_article", args=["desk", article.slug]),
        claim_page(claim, "embed_claim"),
    ):
        assert "/looks/" not in page(url).replace("<link", "\n<link"), url


def test_a_symbol_stands_beside_the_name_and_says_nothing_twice(cast):
    article, _claim = cast.published()
    desk = give_look(cast, data=logos.SYMBOL)
    html = page(article_page(article))
    assert re.search(r'<img class="logo" src="[^"]+" alt=""', html)
    assert f"<bdi>{desk.organisation}</bdi>" in html.split("</header>")[0]


@pytest.mark.parametrize("of", ["an article", "the desk", "a search"])
def test_a_page_kept_by_a_reader_is_another_once_the_look_is(cast, of):
    article, _claim = cast.published()
    url = {
        "an article": article_page(article),
        "the desk": reverse("public_about", args=["desk"]),
        "a search": "/search/?desk=desk",
    }[of]
    first = Client().get(url)
    kept = {"If-None-Match": first["ETag"]}
    assert Client().get(url, headers=kept).status_code == 304
    give_look(cast, BLUE, None)
    if of != "the desk":  # which has no statement, and so no moment
        since = {"If-Modified-Since": first["Last-Modified"]}
        assert Client().get(url, headers=since).status_code == 200, "a look has no moment"
    answer = Client().get(url, headers=kept)
    assert answer.status_code == 200
    assert sheets(answer.content.decode())
    change_look(cast.desk, NewLook(""), actor=cast.mia, reason="Not ours.")
    assert not sheets(page(url))


def test_pictures_and_stylesheet_are_kept_for_long(cast):
    article, _claim = cast.published()
    desk = give_look(cast)
    html = page(article_page(article))
    kinds = {"icon": desk.icon_file, "touch-icon": desk.touch_icon_file, "logo": desk.logo_file}
    for url, (kind, digest) in zip(pictures(html), kinds.items(), strict=True):
        assert f"/{kind}/{digest[:16]}.png" in url
        answer = Client().get(url)
        assert answer["Content-Type"] == "image/png"
        assert answer.content == blobs.read(digest)
        assert_kept(answer)
    answer = Client().get(sheets(html)[0])
    assert answer["Content-Type"] == "text/css; charset=utf-8"
    assert f"--accent:{BLUE}" in answer.content.decode()
    assert_kept(answer)


def assert_kept(answer) -> None:
    assert answer["Cache-Control"] == f"public, max-age={YEAR}, immutable"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "Vary" not in answer or "Cookie" not in answer["Vary"]
    assert not answer.cookies


def test_an_address_of_a_look_that_is_no_more_leads_to_todays(cast):
    article, _claim = cast.published()
    give_look(cast)
    old = page(article_page(article))
    give_look(cast, "#7d0a2a", logos.SYMBOL)
    new = page(article_page(article))
    for before, now in zip(
        [*sheets(old), *pictures(old)], [*sheets(new), *pictures(new)], strict=True
    ):
        answer = Client().get(before)
        assert (answer.status_code, answer["Location"]) == (302, now)
        assert "immutable" not in answer.get("Cache-Control", "")


def test_what_is_not_there_is_not_found(cast):
    assert Client().get("/looks/desk/1234.css").status_code == 404
    assert Client().get("/looks/desk/logo/1234.png").status_code == 404
    assert Client().get("/looks/nobody/logo/1234.png").status_code == 404
    desk = give_look(cast, "", logos.LOGO)
    assert Client().get("/looks/desk/1234.css").status_code == 404, "it has a logo, and no colour"
    assert Client().get("/looks/desk/map/1234.png").status_code == 404
    storages["blobs"].delete(blobs.name_of(desk.logo_file))
    assert Client().get(f"/looks/desk/logo/{desk.logo_file[:16]}.png").status_code == 404


def test_the_desks_own_pages_have_the_look(cast):
    article, _claim = cast.checking()
    give_look(cast)
    eda = client_of(cast.eda)
    for url in ("/desks/desk/", f"/articles/{article.pk}/", f"/articles/{article.pk}/history/"):
        html = eda.get(url).content.decode()
        assert len(sheets(html)) == 1, url
        assert len(pictures(html)) == 3, url
        assert "icons.svg" not in html.split("</head>")[0]


def test_another_desk_has_none_of_it(cast):
    give_look(cast)
    other = Desk.objects.get(members=cast.stranger)
    html = client_of(cast.stranger).get(reverse("queue", args=[other.slug])).content.decode()
    assert "/looks/" not in html


def test_claimreview_names_the_logo_unless_the_desk_names_one(cast):
    _article, claim = cast.published()
    assert "logo" not in author(page(claim_page(claim)))
    desk = give_look(cast)
    address = f"http://testserver/looks/desk/logo/{desk.logo_file[:16]}.png"
    assert author(page(claim_page(claim)))["logo"] == {"@type": "ImageObject", "url": address}
    feed = json.loads(page(reverse("claim_reviews")))
    assert feed["dataFeedElement"][0]["item"][0]["author"]["logo"]["url"] == address
    assert "Disallow: /looks/" not in page("/robots.txt")


def test_claimreview_names_the_logo_of_its_edition_first(cast):
    theirs = "https://cdn.example/logo.png"
    workflow.change_rules(cast.desk, {"logo": theirs}, actor=cast.mia, reason="Ours.")
    cast.desk.refresh_from_db()
    _article, claim = cast.published()
    give_look(cast)
    assert author(page(claim_page(claim)))["logo"]["url"] == theirs


def author(html: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/ld\+json">(.+?)</script>', html, re.DOTALL)
    assert found is not None
    said: dict[str, Any] = json.loads(found[1])["author"]
    return said


def test_a_refusal_leaves_no_line_in_the_log(cast):
    mia = client_of(cast.mia)
    assert mia.post(URL, asked(mia, reason="")).status_code == 422
    assert mia.post(URL, asked(mia, colour="")).status_code == 409, "nothing is different"
    assert not Transition.objects.filter(move="change rules").exists()
