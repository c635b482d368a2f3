"""A newsroom's own look in a browser: loaded as the content policy allows, read in both themes."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, Response, Route

from annotations import workflow
from annotations.formats import logo
from annotations.formats.look import contrast, shade
from annotations.models import Desk
from annotations.workflow import NewLook, change_look
from tests import cast as c
from tests.e2e.looks import LOOKS, PHONE, WIDE, objections
from tests.e2e.test_weight import KILOBYTES, REQUESTS, weight
from tests.formats import logos

pytestmark = pytest.mark.django_db(transaction=True)

YELLOW = "#ffdd00"
"""Cannot be read on white: the light theme darkens it."""


def published(colour: str = YELLOW, data: bytes = logos.LOGO) -> c.Cast:
    cast = c.Cast()
    article, _claim = cast.approved()
    workflow.publish(article, actor=cast.eli)
    look = NewLook(colour, logo.drawn(data))
    change_look(cast.desk, look, actor=cast.mia, reason="Ours.")
    return cast


def front(cast: c.Cast) -> str:
    return f"/checks/desk/{cast.desk.articles.get().slug}/"


def colour_of(page: Page, selector: str, name: str = "color") -> str:
    """A computed colour as #rrggbb."""
    script = "([at, name]) => getComputedStyle(document.querySelector(at))[name]"
    found: str = page.evaluate(script, [selector, name])
    numbers = found[found.index("(") + 1 : found.index(")")].split(",")
    return "#" + "".join(f"{int(float(each)):02x}" for each in numbers[:3])


def seen(page: Page) -> dict[str, Any]:
    """The logo as it stands: whether its bytes came, how high it is."""
    script = """() => {
      const logo = document.querySelector(".logo");
      const box = logo.getBoundingClientRect();
      return {came: logo.complete && logo.naturalWidth > 0, height: box.height, width: box.width};
    }"""
    found: dict[str, Any] = page.evaluate(script)
    return found


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_readers_see_the_logo_and_the_colour_of_the_theme(new_page, theme, size):
    cast = published()
    page = new_page(viewport=size, color_scheme=theme)
    page.goto(front(cast), wait_until="networkidle")
    logo_seen = seen(page)
    assert logo_seen["came"]
    assert 24 <= logo_seen["height"] <= 32
    expected = shade(YELLOW, theme).colour
    assert colour_of(page, ".masthead .word") == expected
    assert colour_of(page, ".masthead", "borderBottomColor") == expected
    paper = colour_of(page, "body", "backgroundColor")
    assert contrast(expected, paper) >= 4.5
    verdict = colour_of(page, ".badge")
    cast.desk.refresh_from_db()
    change_look(cast.desk, NewLook("", without_logo=True), actor=cast.mia, reason="No.")
    page.reload(wait_until="networkidle")
    assert colour_of(page, ".badge") == verdict, "a verdict has its own colour, whatever the desk's"
    assert page.locator(".logo").count() == 0


def test_it_costs_readers_three_small_files(new_page):
    cast = published()
    page = new_page()
    loaded: dict[str, Response] = {}
    page.on("response", lambda response: loaded.setdefault(response.url.split("#")[0], response))
    page.goto(front(cast), wait_until="networkidle")
    own = [url for url in loaded if "/looks/" in url]
    assert len(own) == 3, "a stylesheet, the logo, and the icon"
    assert len(loaded) <= REQUESTS["public"] + len(own)
    assert weight(loaded) <= KILOBYTES["public"] * 1000


def test_nothing_moves_when_the_logo_comes(new_page):
    cast = published()
    page = new_page(viewport=WIDE)
    held: list[Route] = []
    page.route("**/looks/**/logo/**", lambda route: held.append(route))
    page.goto(front(cast), wait_until="domcontentloaded")
    page.wait_for_function("() => document.fonts.status === 'loaded'")
    assert not seen(page)["came"]
    before = places(page)
    held[0].continue_()
    page.wait_for_function("() => document.querySelector('.logo').naturalWidth > 0")
    assert places(page) == before


def places(page: Page) -> list[float]:
    """Where the desk's name and the first heading stand, in pixels."""
    found: list[float] = page.evaluate(
        """() => [".masthead .word span", "h1"].flatMap((at) => {
             const box = document.querySelector(at).getBoundingClientRect();
             return [box.left, box.top];
           })"""
    )
    return found


@pytest.mark.parametrize("who", [None, "mia"], ids=["readers", "desk"])
def test_pages_with_a_look_are_well_in_every_look(new_page, who):
    cast = published()
    article = cast.desk.articles.get()
    paths = {
        None: {"article": front(cast), "arabic": f"{front(cast)}?lang=ar"},
        "mia": {
            "queue": "/desks/desk/",
            "choice": "/desks/desk/look/",
            "workbench": f"/articles/{article.pk}/",
        },
    }[who]
    page = new_page(getattr(cast, who) if who else None, viewport=WIDE)
    wrong: list[str] = []
    for name, path in paths.items():
        page.goto(path, wait_until="networkidle")
        wrong += objections(page, f"own-look-{name}", LOOKS)
    assert not wrong, "\n".join(wrong)


def test_an_arabic_desk_has_its_logo_at_the_right(new_page):
    cast = published(data=logos.SYMBOL)
    Desk.objects.filter(pk=cast.desk.pk).update(language="ar", organisation="صحيفة المنارة")
    for size in (WIDE, PHONE):
        page = new_page(viewport=size)
        page.goto("/checks/desk/", wait_until="networkidle")
        assert page.evaluate("() => document.documentElement.dir") == "rtl"
        places = page.evaluate(
            """() => [".logo", ".masthead .word bdi"].map(
              (at) => document.querySelector(at).getBoundingClientRect().left)"""
        )
        assert places[0] > places[1], "the logo stands before the name, as one reads"


def test_a_manager_chooses_it_without_a_script(new_page, tmp_path):
    cast = c.Cast()
    path = tmp_path / "logo.png"
    path.write_bytes(logos.LOGO)
    page = new_page(cast.mia, java_script_enabled=False)
    page.goto("/desks/desk/rules/")
    page.get_by_role("link", name="Choose a logo and a colour").click()
    page.get_by_label("Logo").set_input_files(path)
    page.get_by_label("Colour").fill(YELLOW)
    page.get_by_label("Why does the look change?").fill("It is our anniversary.")
    page.get_by_role("button", name="Change the look").click()
    page.get_by_text("The look is changed, on every page.").wait_for()
    assert page.locator("dd .logo").count() == 1
