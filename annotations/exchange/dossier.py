"""An article's dossier as one file that asks nothing of anybody, for whoever it is handed to."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation

from annotations.models import Article
from annotations.queries.dossier import published
from annotations.words import dossier as dossier_words
from annotations.words.languages import language_for


class NothingPublished(Exception):
    """Readers have nothing of the article, so there is nothing to tell."""


@dataclass(frozen=True, slots=True)
class Dossier:
    """A page in HTML (UTF-8), and a name for it without its ending."""

    name: str
    html: bytes


def dossier(article: Article, *, paper: str = "") -> Dossier:
    """What the newest editions tell of the article, in the desk's language, with times in UTC.

    `paper` is what it is printed on (a size of CSS: "a4", "letter"); by default whoever prints it
    chooses. Raises NothingPublished.
    """
    found = published(article)
    if found is None:
        raise NothingPublished
    language = language_for("", article.desk.language)
    with translation.override(language), timezone.override(dt.UTC):
        told = dossier_words.dossier(found, settings.SITE_URL)
        told |= {"made_at": timezone.now(), "paper": paper}
        html = render_to_string("article/dossier.html", told)
    return Dossier(f"{article.slug}-dossier", f"{html.strip()}\n".encode())
