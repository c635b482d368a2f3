"""The workbench on 2,000 sentences and 500 claims, as ratios to 20 and 5 in the same run.

CPU of this process for what the server does; for what the browser does, its own clock, between
the same two articles. Nothing here asserts a time.
"""

from __future__ import annotations

import os
import statistics
from collections.abc import Callable, Iterator
from itertools import cycle

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from annotations import workflow
from annotations.models import Article, Claim
from tests import cast as c
from tests.benchmarks.test_costs import cpu_ms, statements
from tests.long import long_article

SIZES = {"short": (20, 5), "long": (2000, 500)}


@pytest.mark.django_db
def test_what_the_server_spends(cast, capsys):
    client = Client()
    client.force_login(cast.eda)
    htmx = {"HX-Request": "true"}
    spent: dict[str, dict[str, tuple[float, int]]] = {}
    for size, (sentences, claims) in SIZES.items():
        article = long_article(cast, sentences, claims)
        bench = reverse("workbench", args=[article.pk])
        claim = Claim.objects.made_in(article).order_by("pk")[claims // 2]
        values = cycle(["opinion", "not_factual"])

        def triage(article: Article = article, values: Iterator[str] = values) -> None:
            value = next(values)
            workflow.triage_step(article, [2], value, actor=cast.eda)

        def page(bench: str = bench) -> None:
            client.get(bench)

        def panel(address: str = f"{bench}?claim={claim.pk}") -> None:
            client.get(address, headers=htmx)

        def key(address: str = reverse("triage", args=[article.pk])) -> None:
            quiet = {"X-Autosave": "1"}
            client.post(address, {"number": 3, "triage": "opinion"}, headers=quiet)

        acts: dict[str, Callable[[], object]] = {
            "the whole page": page,
            "a panel alone": panel,
            "triage of a sentence": triage,
            "triage by a key, answered": key,
        }
        spent[size] = {name: (cpu_ms(act, 10), statements(act)) for name, act in acts.items()}
    with capsys.disabled():
        print()
        for name, (short, few) in spent["short"].items():
            long, many = spent["long"][name]
            print(
                f"{name:28} {short:7.1f} ms, {few} statements; long {long:7.1f} ms"
                f" = {long / short:5.1f} x, {many} statements"
            )
            assert few == many, "statements do not grow with the text"


def measure(page: Page, address: str) -> dict[str, float]:
    """What a person waits for, in milliseconds of the browser's clock."""
    found: dict[str, list[float]] = {"first paint": [], "selection shown": [], "panel shown": []}
    for _run in range(5):
        page.goto(address, wait_until="load")
        page.locator(".pop").wait_for(state="attached")
        paint = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
        found["first paint"].append(page.evaluate(paint))
        found["selection shown"].append(
            page.evaluate(
                """async () => {
                    const at = document.querySelectorAll("[data-text] [data-start]")[9];
                    at.scrollIntoView({ block: "center" });
                    const bar = document.querySelector(".pop");
                    const before = performance.now();
                    const tap = { pointerType: "touch", bubbles: true };
                    at.dispatchEvent(new PointerEvent("click", tap));
                    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
                    if (bar.hidden) throw new Error("no selection");
                    return performance.now() - before;
                }"""
            )
        )
        found["panel shown"].append(
            page.evaluate(
                """() => new Promise((done) => {
                    const before = performance.now();
                    const told = () => done(performance.now() - before);
                    document.addEventListener("htmx:afterSettle", told, { once: true });
                    document.querySelector(".rail a.claim-entry").click();
                })"""
            )
        )
    return {name: statistics.median(times) for name, times in found.items()}


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(not os.environ.get("CHROMIUM"), reason="CHROMIUM names no browser")
def test_what_a_person_waits_for(transactional_db, new_page, capsys):
    cast = c.Cast()
    page = new_page(cast.eda, viewport={"width": 1440, "height": 900})
    waits = {}
    for size, (sentences, claims) in SIZES.items():
        article = long_article(cast, sentences, claims)
        waits[size] = measure(page, reverse("workbench", args=[article.pk]))
    with capsys.disabled():
        print()
        for name, short in waits["short"].items():
            long = waits["long"][name]
            print(f"{name:28} {short:7.1f} ms; long {long:7.1f} ms = {long / short:5.1f} x")
