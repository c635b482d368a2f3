"""The pages that anyone may read."""

from django.urls import path, register_converter

from annotations.formats import lossless
from annotations.views import guest, health
from annotations.views.public import (
    about,
    article,
    claim,
    copies,
    embed,
    feeds,
    lists,
    look,
    proofs,
    report,
    schemas,
)


class Words:
    """Words of any script in an address, as `text.slugs` makes them."""

    regex = r"[^/.?#\s\x00-\x1f\x7f]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Words, "words")

urlpatterns = [
    path("", lists.index, name="public_index"),
    path("search/", lists.search, name="public_search"),
    path("corrections/", lists.corrections, name="public_corrections"),
    path(
        "corrections/<slug:desk>/",
        lists.desk_corrections,
        name="public_desk_corrections",
    ),
    path("claimants/<slug:desk>/", lists.claimants, name="public_claimants"),
    path("checks/<slug:desk>/", lists.desk_index, name="public_desk"),
    path("checks/<slug:desk>/<words:slug>/", article.article, name="public_article"),
    path(
        "checks/<slug:desk>/<words:slug>.json",
        article.article_json,
        name="public_article_json",
    ),
    path("checks/<slug:desk>/<words:slug>/versions/", lists.versions, name="public_versions"),
    path(
        "checks/<slug:desk>/<words:slug>/versions/<int:number>/",
        lists.edition,
        name="public_edition",
    ),
    path("claims/<slug:desk>/<int:number>-<words:slug>/", claim.claim, name="public_claim"),
    path(
        "claims/<slug:desk>/<int:number>/copies/<slug:digest>/",
        copies.shown_copy,
        name="shown_copy",
    ),
    path(
        "claims/<slug:desk>/<int:number>-<words:slug>.json",
        claim.claim_json,
        name="public_claim_json",
    ),
    path(
        "claims/<slug:desk>/<int:number>-<words:slug>.png",
        feeds.claim_card,
        name="claim_card",
    ),
    path("checks/<slug:desk>/<words:slug>.png", feeds.article_card, name="article_card"),
    path(
        "checks/<slug:desk>/<words:slug>/annotations.jsonld",
        feeds.web_annotations,
        name="web_annotations",
    ),
    path("embed/checks/<slug:desk>/<words:slug>/", embed.article, name="embed_article"),
    path(
        "embed/claims/<slug:desk>/<int:number>-<words:slug>/",
        embed.claim,
        name="embed_claim",
    ),
    # Not below desks/, where robots.txt keeps search engines out: they may show the logo.
    path("looks/<slug:desk>/<slug:digest>.css", look.sheet, name="look_sheet"),
    path("looks/<slug:desk>/<slug:kind>/<slug:digest>.png", look.picture, name="look_picture"),
    path(f"schemas/desk-{lossless.VERSION}.json", schemas.desk_schema, name="desk_schema"),
    path("schemas/check-1.json", schemas.check_schema, name="check_schema"),
    path("feeds/checks.atom", feeds.checks_feed, name="checks_feed"),
    path("feeds/corrections.atom", feeds.corrections_feed, name="corrections_feed"),
    path("feeds/claimreview.json", feeds.claim_reviews, name="claim_reviews"),
    path("feeds/checks.jsonl", feeds.checks_lines, name="checks_lines"),
    path("feeds/<slug:desk>/checks.jsonl", feeds.desk_checks_lines, name="desk_checks_lines"),
    path("feeds/roots.json", proofs.roots, name="roots"),
    path("proofs/<uuid:key>.zip", proofs.edition_proof, name="edition_proof"),
    path("feeds/<slug:desk>/checks.atom", feeds.desk_checks_feed, name="desk_checks_feed"),
    path(
        "feeds/<slug:desk>/corrections.atom",
        feeds.desk_corrections_feed,
        name="desk_corrections_feed",
    ),
    path("feeds/<slug:desk>/claimant.atom", feeds.claimant_feed, name="claimant_feed"),
    path("about/<slug:desk>/", about.about, name="public_about"),
    path("about/<slug:desk>/<slug:kind>/", about.statement, name="public_statement"),
    path("report/<slug:desk>/", report.report, name="report"),
    path("report/<slug:desk>/thanks/", report.thanks, name="report_thanks"),
    path("reply/<str:shown>/", guest.reply, name="guest_reply"),
    path("sitemap.xml", feeds.site_map, name="sitemap"),
    path("robots.txt", feeds.robots, name="robots"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
]
