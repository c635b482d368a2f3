"""The dossier in a browser: taken from the history, opened from a disk, asking for nothing."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Browser

pytestmark = pytest.mark.django_db(transaction=True)


def test_it_is_taken_from_the_history_and_opens_without_asking_for_anything(
    cast, new_page, browser: Browser, tmp_path: Path
):
    article, _claim = cast.published()
    page = new_page(cast.ola)
    page.goto(reverse("history", args=[article.pk]))
    with page.expect_download() as download:
        page.get_by_role("link", name="Its dossier").click()
    assert download.value.suggested_filename == f"{article.slug}-dossier.html"
    file = tmp_path / "dossier.html"
    download.value.save_as(file)

    context = browser.new_context(offline=True, accept_downloads=True)
    dossier = context.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    dossier.on("request", lambda request: asked.append(request.url))
    dossier.on("console", lambda message: complaints.append(message.text))
    dossier.goto(file.as_uri())
    assert dossier.get_by_role("heading", level=1).inner_text() == article.title
    dossier.get_by_role("link", name="Claim 1: False").click()
    assert dossier.url.endswith("#claim-1")
    links = dossier.get_by_role("link", name="Save this file")
    for link in links.all():
        with dossier.expect_download() as inside:
            link.click()
        inside.value.save_as(tmp_path / inside.value.suggested_filename)
    context.close()
    assert [url for url in asked if not url.startswith("data:")] == [file.as_uri()]
    assert complaints == []
    told = subprocess.run(
        ["sha256sum", "--check", "SHA256SUMS.txt"], cwd=tmp_path, capture_output=True, text=True
    )
    assert told.returncode == 0, told.stderr
    assert told.stdout.splitlines() == ["article-edition-1.json: OK", "claim-1-edition-1.json: OK"]
