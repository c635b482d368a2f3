"""The sample desk: a real article whose verdicts are samples, and three invented ones in progress.

The real article's statements are by and about real people, and nobody checked them. So their
ratings are dealt out in the order of the scale, every finding begins "Sample:", and sources are
kinds of documents: no address, no date and no quoted passage, for nothing was looked up.
"""

from __future__ import annotations

from pathlib import Path

import time_machine

from annotations import workflow
from annotations.models import Claim, Claimant, Desk, RatingScale
from annotations.vocabulary import (
    Cause,
    ClaimantKind,
    ClaimType,
    Confidence,
    CorrectionKind,
    Role,
    SetAside,
    Stance,
)
from annotations.workflow import ClaimDraft, SourceDraft

from .scales import NEWSROOM
from .telling import Answer, Evidence, Story, Telling

TEXT = Path(__file__).resolve().parents[2] / "fixtures" / "lavrov-consulate.txt"

# The real article.

STATEMENT = SourceDraft(
    "Sample: US State Department press statement", "Sample: a foreign ministry", is_primary=True
)
TRANSCRIPT = SourceDraft(
    "Sample: transcript of a press conference", "Sample: a foreign ministry", is_primary=True
)
REPORT = SourceDraft("Sample: news agency report", "Sample: a news agency")
REGISTER = SourceDraft("Sample: list of diplomatic missions", "Sample: a ministry", is_primary=True)

NOTHING_CHECKED = (
    "Sample: this shows how a justification looks. Nothing was checked. The ratings on this "
    "article were dealt out in the order of the scale and say nothing about the statements."
)
NOT_LOOKED_UP = "Sample: no such document was looked up."
IN_ORDER = (
    "true",
    "mostly-true",
    "missing-context",
    "misleading",
    "false",
    "unproven",
    "not-checkable",
)


def _sample(rating: str, confidence: str = Confidence.LOW) -> Answer:
    return Answer(
        rating,
        "Sample: this shows how a finding looks; nothing was checked.",
        NOTHING_CHECKED,
        [
            Evidence(STATEMENT, Stance.CONTEXT, note=NOT_LOOKED_UP),
            Evidence(TRANSCRIPT, Stance.SUPPORTS, note=NOT_LOOKED_UP),
        ],
        confidence,
    )


def _other_sample(rating: str) -> Answer:
    return Answer(
        rating,
        "Sample: this is where the second checker’s finding stands; nothing was checked.",
        NOTHING_CHECKED,
        [
            Evidence(REPORT, Stance.CONTEXT, note=NOT_LOOKED_UP),
            Evidence(REGISTER, Stance.CONTRADICTS, note=NOT_LOOKED_UP),
        ],
        Confidence.LOW,
    )


def _dealt(place: int) -> list[Answer]:
    """Both checkers' ratings of the claim at this place: the scale's order, whatever it says."""
    rating = IN_ORDER[place % len(IN_ORDER)]
    return [_sample(rating), _other_sample(rating)]


def _on_consulates(speaker: Claimant, they: Claimant, author: Claimant) -> list[Telling]:
    """The claims marked in the real article, in reading order."""
    return [
        Telling(
            "We have parity declared now",
            ClaimDraft("Parity of diplomatic personnel has been declared.", claimant=speaker),
            _dealt(0),
        ),
        Telling(
            "They said that they are short of workers",
            ClaimDraft(
                "The U.S. side said that it is short of workers.",
                "We check whether it was said, not whether it is so.",
                claimant=speaker,
                reports=they,
                type=ClaimType.QUOTATION,
            ),
            _dealt(1),
        ),
        Telling(
            "This is an attempt of indecent pressure and an attempt to win some unilateral "
            "advantages",
            ClaimDraft(
                "Closing consulates is an attempt at pressure, to win one-sided advantages.",
                claimant=speaker,
            ),
            aside=SetAside.OPINION,
            note="Sample: a judgement about motives, set aside to show how that looks.",
        ),
        Telling(
            "Russia does not forbid the United States to resume the work of the Consulate General "
            "in St. Petersburg",
            ClaimDraft(
                "Russia does not forbid the U.S. to reopen its Consulate General in St. Petersburg.",
                claimant=speaker,
                type=ClaimType.POSITION,
            ),
            [_sample("missing-context"), _other_sample("misleading")],
            again="We have not forbidden them to open this diplomatic mission",
            cause=Cause.AMBIGUOUS,
            reason="Sample: this shows how a decider gives reasons where ratings differ.",
        ),
        Telling(
            "We never asked them to close the consulate general as they did",
            ClaimDraft(
                "Russia never asked the U.S. to close its consulate general in the way it did.",
                "“Asked” is read as any request, written or spoken.",
                claimant=speaker,
            ),
            _dealt(3),
        ),
        Telling(
            "It was their initiative. I don’t know what caused it",
            ClaimDraft(
                "The U.S. side closed the consulate general on its own initiative, for reasons "
                "that Russia does not know.",
                "Both sentences are read as one statement about who decided, and why.",
                claimant=speaker,
                type=ClaimType.CAUSAL,
            ),
            _dealt(4),
        ),
        Telling(
            "two Russian diplomatic properties in the United States were seized",
            ClaimDraft(
                "Two Russian diplomatic properties in the U.S. were seized in December 2016.",
                claimant=author,
                type=ClaimType.NUMERICAL,
            ),
            _dealt(5),
        ),
        Telling(
            "On August 31, 2017, under President Donald Trump, the U.S. State Department demanded "
            "that Russia close the Consulate General in San Francisco",
            ClaimDraft(
                "On 31 August 2017 the U.S. State Department demanded that Russia close its "
                "Consulate General in San Francisco.",
                claimant=author,
            ),
            _dealt(6),
        ),
        Telling(
            "proposed in July 2017 that the U.S. bring the number of diplomatic and technical "
            "staff in the two countries’ diplomatic missions to parity",
            ClaimDraft(
                "In July 2017 Russia proposed that diplomatic staff in both countries’ missions "
                "be brought to parity.",
                claimant=author,
            ),
            _dealt(7),
        ),
    ]


# Three invented articles, for the queues. Their town and its papers do not exist.

INVENTED = "Invented for the sample desk: neither the town nor anything in the text exists."

LIBRARY = """Library lends more umbrellas than books, says its librarian

This report is invented, and so is the town of Sample-on-Sea. Its library has 12,400 books and 1,300 umbrellas. “We lend more umbrellas than any other library in the country,” said the librarian, Petra Example. She began to lend them in 2019, because the summer was so wet. It is a charming idea."""

BENCHES = """Town counts its benches

This report is invented, and so is the town of Sample-on-Sea. There are 40 benches on its promenade, the town hall says. “Not one of them was paid for by the town,” said Mayor Otis Placeholder. The newest was put up on 1 May 2024."""

BAND = """Town band to play on Sundays again

This report is invented, and so is the town of Sample-on-Sea. Its brass band was founded in 1987. “We have played on every Sunday since,” said the conductor, Dora Specimen. The band would like more trombones."""

BENCH_REGISTER = SourceDraft(
    "Register of benches",
    "Sample-on-Sea Parks Office (invented)",
    "https://parks.sample-on-sea.example/benches",
    "2024-06-01",
    is_primary=True,
)
BENCH_BUDGET = SourceDraft(
    "Budget of the parks, 2023",
    "Sample-on-Sea Town Hall (invented)",
    "https://town.sample-on-sea.example/budget/2023",
    "2023-01-15",
    is_primary=True,
)
BAND_STATUTE = SourceDraft(
    "Statute of the brass band",
    "Sample-on-Sea Brass Band (invented)",
    "https://band.sample-on-sea.example/statute",
    "1987-04-11",
    is_primary=True,
)
BAND_DIARY = SourceDraft(
    "Diary of performances, 1987 to 2024",
    "Sample-on-Sea Brass Band (invented)",
    "https://band.sample-on-sea.example/diary",
    "2024",
    is_primary=True,
)
LIBRARY_CATALOGUE = SourceDraft(
    "Catalogue of the library, yearly report",
    "Sample-on-Sea Library (invented)",
    "https://library.sample-on-sea.example/report",
    "2024-02",
    is_primary=True,
)


def _on_the_library(librarian: Claimant, paper: Claimant) -> list[Telling]:
    return [
        Telling(
            "Its library has 12,400 books and 1,300 umbrellas",
            ClaimDraft(
                "The library of Sample-on-Sea has 12,400 books and 1,300 umbrellas.",
                claimant=paper,
                type=ClaimType.NUMERICAL,
            ),
        ),
        Telling(
            "We lend more umbrellas than any other library in the country",
            ClaimDraft(
                "The library of Sample-on-Sea lends more umbrellas than any other in the country.",
                "“Lend” means loans in a year, not umbrellas in stock.",
                claimant=librarian,
                type=ClaimType.COMPARISON,
            ),
        ),
        Telling(
            "She began to lend them in 2019, because the summer was so wet",
            ClaimDraft(
                "The library began to lend umbrellas in 2019 because of a wet summer.",
                claimant=paper,
                type=ClaimType.CAUSAL,
            ),
        ),
    ]


def _on_benches(mayor: Claimant, hall: Claimant) -> list[Telling]:
    forty = Evidence(
        BENCH_REGISTER,
        Stance.CONTRADICTS,
        "Promenade: 38 benches, of which two without a back.",
        "Page 1",
    )
    paid = Evidence(
        BENCH_BUDGET,
        Stance.CONTRADICTS,
        "Promenade, six benches: 4,800.",
        "Line 31",
    )
    return [
        Telling(
            "There are 40 benches on its promenade",
            ClaimDraft(
                "There are 40 benches on the promenade of Sample-on-Sea.",
                claimant=hall,
                type=ClaimType.NUMERICAL,
            ),
            [
                Answer(
                    "mostly-true",
                    "Sample: the register lists 38 benches, close to the 40 named.",
                    "Sample: the register is the town’s own, and two benches are a small difference.",
                    [forty],
                ),
                Answer(
                    "false",
                    "Sample: the register lists 38 benches, not 40.",
                    "Sample: the statement gives a number, and the number is wrong.",
                    [forty],
                    Confidence.MEDIUM,
                ),
            ],
        ),
        Telling(
            "Not one of them was paid for by the town",
            ClaimDraft(
                "The town of Sample-on-Sea paid for none of its benches.",
                claimant=mayor,
            ),
            [
                Answer(
                    "false",
                    "Sample: the budget of 2023 pays for six of the benches.",
                    "Sample: line 31 of the budget names six benches on the promenade.",
                    [paid],
                ),
                Answer(
                    "false",
                    "Sample: six benches stand in the town’s budget of 2023.",
                    "Sample: one bench would have been enough to contradict “not one”.",
                    [paid],
                ),
            ],
        ),
    ]


def _on_the_band(conductor: Claimant, paper: Claimant) -> list[Telling]:
    statute = Evidence(BAND_STATUTE, Stance.SUPPORTS, "Adopted on 11 April 1987.", "Title page")
    diary = Evidence(
        BAND_DIARY,
        Stance.CONTRADICTS,
        "1994 to 1996: no performances, the hall being without a roof.",
        "Page 40",
    )
    return [
        Telling(
            "Its brass band was founded in 1987",
            ClaimDraft("The brass band of Sample-on-Sea was founded in 1987.", claimant=paper),
            [
                Answer(
                    "true",
                    "Sample: the band’s statute is dated 11 April 1987.",
                    "Sample: a band’s own statute is the best evidence of its founding.",
                    [statute],
                ),
                Answer(
                    "true",
                    "Sample: the statute gives the year.",
                    "Sample: the founders signed it, and nothing speaks against it.",
                    [statute],
                ),
            ],
        ),
        Telling(
            "We have played on every Sunday since",
            ClaimDraft(
                "The brass band of Sample-on-Sea has played on every Sunday since 1987.",
                claimant=conductor,
            ),
            [
                Answer(
                    "false",
                    "Sample: the band’s own diary has no performance between 1994 and 1996.",
                    "Sample: the diary was kept by the band itself and says why there was none.",
                    [diary],
                ),
                Answer(
                    "false",
                    "Sample: the band did not play at all for two years.",
                    "Sample: page 40 of the diary is plain about it.",
                    [diary],
                ),
            ],
        ),
    ]


GUIDELINES = """Sample: what a desk may ask of its checkers.

Rate the claim as it is put and read, not the person who makes it.

Look for the document itself before a report of it. Say where in it: page, paragraph, time.

If two ratings seem right, take the milder one and say in the justification what speaks against it."""


def tell(clock: time_machine.Traveller) -> Desk:
    """Play the real article to an edition and a correction, and leave an invented one at each of
    the stages checking, deciding and decided."""
    desk = Desk.objects.create(
        name="Sample desk",
        slug="sample",
        organisation="Sample newsroom",
        is_sample=True,
        scale=RatingScale.objects.get(slug=NEWSROOM),
    )
    story = Story(desk, clock)
    story.at("2025-03-03T08:00")
    story.member("carla", "Carla", "Vidal", Role.CHECKER)
    story.member("chidi", "Chidi", "Eze", Role.CHECKER)
    story.member("edith", "Edith", "Brandt", Role.EDITOR)
    story.member("emil", "Emil", "Kovač", Role.EDITOR)
    mona = story.member("mona", "Mona", "Haddad", Role.MANAGER)
    story.member("oskar", "Oskar", "Lund", Role.OBSERVER)
    story.guidelines(mona, GUIDELINES)
    _publish_and_correct(story)
    _leave_in_progress(story)
    return desk


def _claimant(
    story: Story, name: str, description: str, kind: str = ClaimantKind.PERSON
) -> Claimant:
    return Claimant.objects.create(desk=story.desk, name=name, description=description, kind=kind)


def _publish_and_correct(story: Story) -> None:
    carla, chidi, edith, emil = (story.people[name] for name in ("carla", "chidi", "edith", "emil"))
    told = _on_consulates(
        _claimant(story, "Sergei Lavrov", "Russian Foreign Minister, as the article says"),
        _claimant(story, "The U.S. side", "“they” in the words quoted", ClaimantKind.ORGANISATION),
        _claimant(
            story,
            "The article’s author",
            "for words in the article’s own voice",
            ClaimantKind.OUTLET,
        ),
    )
    story.at("2025-03-03T09:00")
    article = story.article(
        edith,
        TEXT.read_text(encoding="utf-8"),
        TEXT.name,
        why_selected="Sample: a real article, to show every page of Factcheck. Nothing in it was "
        "checked; the ratings were dealt out in the order of the scale.",
    )
    story.after(15)
    claims = story.mark(article, told, edith)
    # 8 is the sentence set aside; 4 and 13 judge and announce; 12 is marked.
    story.triage(article, edith, opinion=[4, 8, 13])
    pairs = [(claim, each) for claim, each in zip(claims, told, strict=True) if each.answers]
    workflow.open_checking(article, [carla, chidi], actor=edith)
    for person, answer, moment in (
        (carla, 0, "2025-03-04T09:00"),
        (chidi, 1, "2025-03-05T09:00"),
    ):
        story.at(moment)
        for claim, each in pairs:
            story.annotate(claim, person, each.answers[answer])

    story.at("2025-03-06T10:00")
    for claim, each in pairs:
        story.decide(claim, each, adopted=carla, actor=edith)
        story.after(3)
    story.at("2025-03-06T15:00")
    for claim, _each in pairs:
        workflow.approve(claim, actor=emil)
    story.after(5)
    workflow.publish(article, actor=emil)

    story.at("2025-03-10T11:00")
    claim, each = pairs[1]
    why = "Sample: this shows how a public correction looks. Nothing was checked, before or after."
    workflow.reopen(claim, actor=emil, reason=why)
    story.after(10)
    workflow.decide(
        claim,
        workflow.VerdictDraft(
            story.rating("unproven"),
            "Sample: this shows how a corrected finding looks; nothing was checked.",
            NOTHING_CHECKED,
            [
                workflow.CitationDraft(citation.source, citation.stance, note=citation.note)
                for citation in claim.verdicts.latest("number").citations.all()
            ],
            reason=why,
        ),
        actor=edith,
    )
    story.after(10)
    workflow.approve(claim, actor=emil)
    note = workflow.CorrectionNote(CorrectionKind.CORRECTION, why)
    workflow.publish(article, actor=emil, notes={claim.pk: note})


def _leave_in_progress(story: Story) -> None:
    carla, chidi, edith = (story.people[name] for name in ("carla", "chidi", "edith"))
    paper = _claimant(story, "The Sample-on-Sea Gazette", "invented newspaper", ClaimantKind.OUTLET)

    def begin(
        moment: str, text: str, told: list[Telling], **triage: list[int]
    ) -> list[tuple[Claim, Telling]]:
        story.at(moment)
        article = story.article(
            edith, text, outlet="The Sample-on-Sea Gazette", why_selected=INVENTED
        )
        claims = story.mark(article, told, edith)
        story.triage(article, edith, **triage)
        workflow.open_checking(article, [carla, chidi], actor=edith)
        return list(zip(claims, told, strict=True))

    # Decided: waits for approval by someone other than Edith.
    told = _on_the_band(_claimant(story, "Dora Specimen", "invented conductor"), paper)
    pairs = begin("2025-03-11T09:00", BAND, told, opinion=[4])
    for claim, each in pairs:
        story.annotate(claim, carla, each.answers[0])
        story.annotate(claim, chidi, each.answers[1])
    for claim, each in pairs:
        story.decide(claim, each, adopted=carla, actor=edith)

    # Deciding: one claim on which the checkers differ, one on which they agree.
    told = _on_benches(
        _claimant(story, "Otis Placeholder", "invented mayor"),
        _claimant(
            story, "Town hall of Sample-on-Sea", "invented authority", ClaimantKind.ORGANISATION
        ),
    )
    for claim, each in begin("2025-03-12T09:00", BENCHES, told):
        story.annotate(claim, chidi, each.answers[1])
        story.annotate(claim, carla, each.answers[0])

    # Checking: Carla has begun the first claim, and nobody has handed anything in.
    told = _on_the_library(_claimant(story, "Petra Example", "invented librarian"), paper)
    pairs = begin("2025-03-13T09:00", LIBRARY, told, opinion=[5])
    story.after(30)
    story.draft(
        pairs[0][0],
        carla,
        Answer(
            "mostly-true",
            "Sample: the catalogue has 12,396 books; the umbrellas are still to be counted.",
            "",
            [
                Evidence(
                    LIBRARY_CATALOGUE,
                    Stance.SUPPORTS,
                    "At the end of the year the library had 12,396 books.",
                    "Page 3",
                )
            ],
            "",
        ),
    )
