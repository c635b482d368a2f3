"""Two rating scales: the newsroom's, and AVeriTeC's four labels: scales are data."""

from __future__ import annotations

from annotations.models import Rating, RatingScale
from annotations.vocabulary import Tone

NEWSROOM = "newsroom"

# slug, label, short, definition, tone, value
_NEWSROOM = [
    (
        "true",
        "True",
        "Accurate and complete",
        "The statement is accurate, and nothing that matters to it is left out.",
        Tone.TRUE,
        5,
    ),
    (
        "mostly-true",
        "Mostly true",
        "Accurate; a small detail is off",
        "The statement is accurate in what matters. A detail is wrong or imprecise, and putting it "
        "right would not change what a fair reader takes from it.",
        Tone.MOSTLY,
        4,
    ),
    (
        "missing-context",
        "Missing context",
        "Accurate, but leaves out what would change a fair reader’s mind",
        "The statement is accurate as far as it goes, but leaves out what would change a fair "
        "reader’s mind.",
        Tone.CONTEXT,
        3,
    ),
    (
        "misleading",
        "Misleading",
        "True parts, false impression",
        "Parts of the statement are true, but they are put so as to give a false impression.",
        Tone.MISLEADING,
        2,
    ),
    (
        "false",
        "False",
        "Contradicted by the evidence",
        "The evidence shows that the statement is not so.",
        Tone.FALSE,
        1,
    ),
    (
        "unproven",
        "Unproven",
        "Checkable, but the evidence is lacking",
        "The statement could be checked, but the evidence that we could find neither bears it out "
        "nor contradicts it. New evidence may change that.",
        Tone.UNPROVEN,
        None,
    ),
    (
        "not-checkable",
        "Not checkable",
        "Research showed that it cannot be checked",
        "We looked for evidence and found that there can be none that others could examine: a "
        "private talk without a record, for example.",
        Tone.UNCHECKABLE,
        None,
    ),
]

_AVERITEC = [
    (
        "supported",
        "Supported",
        "The evidence bears it out",
        "The claim is supported by the evidence that was found.",
        Tone.TRUE,
        None,
    ),
    (
        "refuted",
        "Refuted",
        "The evidence contradicts it",
        "The claim is contradicted by the evidence that was found.",
        Tone.FALSE,
        None,
    ),
    (
        "not-enough-evidence",
        "Not Enough Evidence",
        "Neither borne out nor contradicted",
        "There is not enough evidence to support or to refute the claim.",
        Tone.UNPROVEN,
        None,
    ),
    (
        "conflicting-evidence-cherrypicking",
        "Conflicting Evidence/Cherrypicking",
        "Evidence both ways, or a part picked from the whole",
        "There is evidence both for and against the claim, or the claim is true in its letter but "
        "misleads by leaving important context out.",
        Tone.CONTEXT,
        None,
    ),
]


def tell() -> None:
    """Make both scales."""
    newsroom = RatingScale.objects.create(
        name="Newsroom scale",
        slug=NEWSROOM,
        definition="Five steps from true to false, and two ratings without a number for what "
        "cannot be placed on them.",
    )
    averitec = RatingScale.objects.create(
        name="AVeriTeC labels",
        slug="averitec",
        definition="The four labels of the AVeriTeC data set of real-world claims "
        "(Schlichtkrull, Guo and Vlachos, 2023). None has a number.",
    )
    for scale, ratings in ((newsroom, _NEWSROOM), (averitec, _AVERITEC)):
        for order, (slug, label, short, definition, tone, value) in enumerate(ratings):
            Rating.objects.create(
                scale=scale,
                slug=slug,
                label=label,
                short=short,
                definition=definition,
                tone=tone,
                order=order,
                value=value,
            )
