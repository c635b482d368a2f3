"""The second desk: an invented article, checked to the end, whose evidence is invented with it.

Country, town, people, papers and addresses do not exist. The ratings follow from the evidence
given, so that pages made of it read as a check should. README pictures and ClaimReview examples
come from here.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import time_machine

from annotations import workflow
from annotations.models import Claimant, Desk, RatingScale
from annotations.vocabulary import (
    Cause,
    ClaimantKind,
    ClaimType,
    Confidence,
    CorrectionKind,
    PublicText,
    Role,
    SetAside,
    Stance,
)
from annotations.workflow import ClaimDraft, SourceDraft, as_draft

from .scales import NEWSROOM
from .telling import Answer, Evidence, Story, Telling

TEXT = Path(__file__).resolve().parents[2] / "fixtures" / "orsolet-baths.txt"
SUPPORTS, CONTRADICTS, CONTEXT = Stance.SUPPORTS, Stance.CONTRADICTS, Stance.CONTEXT

# The evidence.

NOTICE = SourceDraft(
    "Notice of closure",
    "Orsolet Town Baths",
    "https://baths.orsolet.example/notices/2021-02-14",
    "2021-02-14",
    is_primary=True,
)
INSPECTION = SourceDraft(
    "Report on the boiler at Orsolet Town Baths",
    "Kestrian Boiler Inspectorate",
    "https://boilers.kestria.example/reports/2021/0087",
    "2021-02-17",
    is_primary=True,
)
ACCOUNTS = SourceDraft(
    "Capital account of the baths, April 2025",
    "Orsolet Town Treasury",
    "https://treasury.orsolet.example/capital/2025-04",
    "2025-05-06",
    is_primary=True,
)
CHARGES = SourceDraft(
    "Charges at the town baths from 1 July 2025",
    "Orsolet Town Baths",
    "https://baths.orsolet.example/charges/2025",
    "2025-04-28",
    is_primary=True,
)
OLD_CHARGES = SourceDraft(
    "Charges at the town baths, 2020",
    "Orsolet Town Baths",
    "https://baths.orsolet.example/charges/2020",
    "2020-01",
    is_primary=True,
)
PERMIT = SourceDraft(
    "Building permit 118/2023: heating of the town baths",
    "Orsolet Building Office",
    "https://permits.orsolet.example/2023/118",
    "2023-09-21",
    is_primary=True,
)
FUELS = SourceDraft(
    "Fuels of the district heat network, 2024",
    "Orsolet Heat",
    "https://heat.orsolet.example/fuels/2024",
    "2025-02",
    is_primary=True,
)
LETTER = SourceDraft(
    "Letter to the Mayor of Orsolet on aid for public baths",
    "Kestrian Ministry of Works",
    "https://works.kestria.example/letters/2023/orsolet",
    "2023-05-03",
    is_primary=True,
)
REFUSAL = SourceDraft(
    "Minutes of the town council, 12 June 2023",
    "Orsolet Town Council",
    "https://council.orsolet.example/minutes/2023-06-12",
    "2023-06-12",
    is_primary=True,
)
ROOF = SourceDraft(
    "Minutes of the town council, 19 September 2022",
    "Orsolet Town Council",
    "https://council.orsolet.example/minutes/2022-09-19",
    "2022-09-19",
    is_primary=True,
)
ROOF_RECORDING = SourceDraft(
    "Recording of the council meeting of 19 September 2022",
    "Radio Orsolet",
    "https://radio.orsolet.example/council/2022-09-19",
    "2022-09-19",
    is_primary=True,
)
SWIMMING = SourceDraft(
    "Swimming in two Orsolet schools",
    "Kestrian Swimming League",
    "https://swimming.kestria.example/tests/orsolet-2019",
    "2019-11",
    is_primary=True,
)
SCHOOLS = SourceDraft(
    "Reply to our enquiry about swimming lessons",
    "Orsolet School Office",
    published_on="2025-05-19",
    is_primary=True,
)
BUILDER = SourceDraft(
    "Reply to our enquiry about the building contract",
    "Dornach & Daughters, builders",
    published_on="2025-05-19",
    is_primary=True,
)
WILL = SourceDraft(
    "Will of Anselm Weyle, glassmaker",
    "Orsolet Town Archive",
    "https://archive.orsolet.example/wills/weyle",
    "1905-03-30",
    is_primary=True,
)
OPENING = SourceDraft(
    "The new bath house is opened",
    "The Orsolet Messenger",
    "https://messenger.orsolet.example/1908/10/04/bath-house",
    "1908-10-04",
)
VISITORS = SourceDraft(
    "Visitors to town institutions, 2020",
    "Orsolet Statistics Office",
    "https://statistics.orsolet.example/visitors/2020",
    "2021-03-12",
    is_primary=True,
)

SPOKEN = "2025-05-13"
WRITTEN = "2025-05-14"


def tellings(
    mayor: Claimant, councillor: Claimant, director: Claimant, builder: Claimant, paper: Claimant
) -> list[Telling]:
    """The claims of the article in reading order; the first answer of each is the one adopted."""
    return [
        Telling(
            "The baths closed on 14 February 2021, the day the old boiler failed",
            ClaimDraft(
                "The Orsolet baths closed on 14 February 2021, the day their boiler failed.",
                claimant=mayor,
            ),
            [
                Answer(
                    "true",
                    "The closure notice and the boiler inspectors’ report both give that day and that cause.",
                    "The notice on the door is dated 14 February 2021 and names the boiler. The "
                    "inspectors, who came three days later, put the failure in the early morning "
                    "of the same day. We found nothing that gives another date or another cause.",
                    [
                        Evidence(
                            NOTICE,
                            SUPPORTS,
                            "The baths are closed from today, 14 February 2021, until further "
                            "notice. The main boiler failed this morning.",
                            "First paragraph",
                        ),
                        Evidence(
                            INSPECTION,
                            SUPPORTS,
                            "The boiler failed on 14 February 2021 between five and six in the morning.",
                            "Page 2",
                        ),
                    ],
                ),
                Answer(
                    "true",
                    "The notice of closure is dated 14 February 2021 and names the boiler.",
                    "One primary source is enough here: the baths’ own notice, put up that day.",
                    [
                        Evidence(
                            NOTICE,
                            SUPPORTS,
                            "The main boiler failed this morning.",
                            "First paragraph",
                        )
                    ],
                ),
            ],
            said_on=SPOKEN,
        ),
        Telling(
            "It is the best thing this town has done in a generation",
            ClaimDraft(
                "Repairing the baths is the best thing Orsolet has done in a generation.",
                claimant=mayor,
                type=ClaimType.COMPARISON,
            ),
            said_on=SPOKEN,
            aside=SetAside.OPINION,
            note="A judgement of worth. We do not rate opinions.",
        ),
        Telling(
            "the repairs have cost 3.1 million florins so far",
            ClaimDraft(
                "The repairs of the baths had cost 3.1 million florins by May 2025.",
                "“Cost” means what the town had paid, not what it had ordered. “So far” means up "
                "to the last closed month before the meeting, April 2025.",
                claimant=mayor,
                type=ClaimType.NUMERICAL,
            ),
            [
                Answer(
                    "mostly-true",
                    "The town had paid 3,042,600 florins by the end of April. Rounded, that is 3.0 million.",
                    "The treasury’s account of the works shows 3,042,600 florins paid up to 30 "
                    "April 2025. The mayor’s figure is two per cent above that. The difference "
                    "would not change what a listener takes from it.",
                    [
                        Evidence(
                            ACCOUNTS,
                            SUPPORTS,
                            "Baths, renovation: paid to 30 April 2025, 3,042,600 florins.",
                            "Page 6, line 14",
                            "The amount differs by less than 60,000 florins.",
                        )
                    ],
                ),
                Answer(
                    "mostly-true",
                    "The accounts show 3.04 million florins paid by 30 April 2025: close, and a little less.",
                    "Page 6 of the capital account. Bills for another 90,000 florins are ordered "
                    "and not yet paid, which may be how she came to 3.1 million.",
                    [
                        Evidence(
                            ACCOUNTS,
                            SUPPORTS,
                            "Paid to 30 April 2025, 3,042,600 florins; ordered and not yet paid, "
                            "91,300 florins.",
                            "Page 6, lines 14 and 15",
                        )
                    ],
                ),
            ],
            said_on=SPOKEN,
        ),
        Telling(
            "a single ticket will still cost six florins",
            ClaimDraft(
                "A single ticket to the baths will still cost six florins.",
                "We read it as what people take from it: that bathing will cost them what it did "
                "before.",
                claimant=mayor,
                type=ClaimType.NUMERICAL,
            ),
            [
                Answer(
                    "missing-context",
                    "It will. But family tickets and ten-visit cards, which most bathers used, are abolished.",
                    "The new charges keep the single ticket at six florins and end all others. In "
                    "2020 a ten-visit card cost 42 florins, or 4.20 a visit, and by the baths’ own "
                    "count seven bathers in ten came on a card or a family ticket. For those with "
                    "a card, a visit now costs 1.80 florins more.",
                    [
                        Evidence(
                            CHARGES,
                            SUPPORTS,
                            "Single ticket: 6 florins. Family tickets and ten-visit cards are no "
                            "longer sold.",
                            "Table 1 and note 2",
                        ),
                        Evidence(
                            OLD_CHARGES,
                            CONTEXT,
                            "Ten visits: 42 florins. Seven in ten of our guests bathe on a card or "
                            "a family ticket.",
                            "Page 1",
                        ),
                    ],
                ),
                Answer(
                    "mostly-true",
                    "The new list of charges has the single ticket at six florins, as in 2020.",
                    "The mayor spoke of single tickets only, and of these it is so. The same list "
                    "ends other kinds of ticket.",
                    [
                        Evidence(
                            CHARGES,
                            SUPPORTS,
                            "Single ticket: 6 florins.",
                            "Table 1",
                        )
                    ],
                    Confidence.MEDIUM,
                ),
            ],
            said_on=SPOKEN,
            cause=Cause.AMBIGUOUS,
            reason="One read the words as they stand, the other as what bathers will pay. The "
            "interpretation says the latter, and seven in ten bathers used the tickets that go.",
        ),
        Telling(
            "The new heating burns no gas",
            ClaimDraft(
                "The new heating of the baths burns no gas.",
                "“The new heating” means the whole of what heats the water, wherever it stands.",
                claimant=mayor,
            ),
            [
                Answer(
                    "misleading",
                    "No gas burns at the baths. Their heat comes from a network that ran 81% on gas in 2024.",
                    "The permit takes the gas boilers out and connects the baths to the district "
                    "network, so nothing is burnt in the building. The network made 81 per cent of "
                    "its heat from natural gas in 2024. The gas is burnt two streets away.",
                    [
                        Evidence(
                            PERMIT,
                            CONTEXT,
                            "The gas boilers are removed. Heat is drawn from the district network.",
                            "Section 3",
                        ),
                        Evidence(
                            FUELS,
                            CONTRADICTS,
                            "Natural gas 81 per cent, wood 12 per cent, waste heat 7 per cent.",
                            "Figure 1",
                        ),
                    ],
                ),
                Answer(
                    "false",
                    "The heat is made from gas, at the district heating plant instead of at the baths.",
                    "By the interpretation, the plant is part of the heating, and the plant burns gas.",
                    [
                        Evidence(
                            FUELS,
                            CONTRADICTS,
                            "Natural gas 81 per cent, wood 12 per cent, waste heat 7 per cent.",
                            "Figure 1",
                        )
                    ],
                    Confidence.MEDIUM,
                ),
            ],
            said_on=SPOKEN,
            cause=Cause.GUIDELINES,
            reason="What she says of the boilers is so; the impression it leaves is not. Our scale "
            "calls that misleading. The guidelines should say so for energy claims.",
        ),
        Telling(
            "We never turned money down. The state never offered us any",
            ClaimDraft(
                "The state never offered Orsolet money for the roof of the baths, and the town "
                "never turned any down.",
                "“Offered” means any written offer by a ministry between the closure in 2021 and "
                "the meeting. “We” means the town council and the mayor.",
                claimant=mayor,
            ),
            [
                Answer(
                    "false",
                    "A ministry letter of 12 May 2023 offered 800,000 florins. The council voted not to take it.",
                    "The Ministry of Works wrote to the mayor on 12 May 2023 and offered 800,000 "
                    "florins for the roof if the town accepted by 30 June. The council’s minutes "
                    "of 12 June record a vote of seven to four not to take up the offer; the mayor "
                    "was in the chair.",
                    [
                        Evidence(
                            LETTER,
                            CONTRADICTS,
                            "The Ministry can offer the town 800,000 florins for the roof, to be "
                            "accepted by 30 June.",
                            "Page 1, second paragraph",
                        ),
                        Evidence(
                            REFUSAL,
                            CONTRADICTS,
                            "The council resolved, by seven votes to four, not to take up the "
                            "Ministry’s offer.",
                            "Item 7",
                        ),
                    ],
                ),
                Answer(
                    "false",
                    "The council turned down 800,000 florins from the state on 12 June 2023.",
                    "The minutes are plain: an offer was made and the council refused it.",
                    [
                        Evidence(
                            REFUSAL,
                            CONTRADICTS,
                            "The council resolved, by seven votes to four, not to take up the "
                            "Ministry’s offer.",
                            "Item 7",
                        )
                    ],
                ),
            ],
            said_on=SPOKEN,
        ),
        Telling(
            "The director of the baths told this council in 2022 that the old roof was sound",
            ClaimDraft(
                "The director of the baths told the council in 2022 that the old roof was sound.",
                "We check whether she said it, not whether the roof was sound.",
                claimant=councillor,
                reports=director,
                type=ClaimType.QUOTATION,
            ),
            [
                Answer(
                    "true",
                    "Minutes and a recording have Renna Holt say so on 19 September 2022.",
                    "The minutes of 19 September 2022 give the words in indirect speech. The "
                    "recording made by Radio Orsolet has them in her own voice.",
                    [
                        Evidence(
                            ROOF,
                            SUPPORTS,
                            "Ms Holt said that the roof was sound and would be for five winters more.",
                            "Item 3",
                        ),
                        Evidence(
                            ROOF_RECORDING,
                            SUPPORTS,
                            "The roof is sound. I would give it five winters, at the least.",
                            "01:12:40",
                        ),
                    ],
                ),
                Answer(
                    "true",
                    "The council’s minutes of 19 September 2022 record it.",
                    "Item 3 of the minutes, which were approved without changes a month later.",
                    [
                        Evidence(
                            ROOF,
                            SUPPORTS,
                            "Ms Holt said that the roof was sound and would be for five winters more.",
                            "Item 3",
                        )
                    ],
                ),
            ],
            said_on=SPOKEN,
        ),
        Telling(
            "half of the children in Orsolet cannot swim",
            ClaimDraft(
                "Half of the children in Orsolet cannot swim.",
                "“Cannot swim” means cannot swim 25 metres, the test of the Swimming League. "
                "“Children” means pupils up to the age of twelve.",
                claimant=councillor,
                type=ClaimType.NUMERICAL,
            ),
            [
                Answer(
                    "unproven",
                    "Nobody has counted. The last test, in 2019, covered 64 pupils at two of the nine schools.",
                    "The Swimming League tested 64 pupils at two schools in 2019, before the baths "
                    "closed; 29 could not swim 25 metres. That is close to half, but says little "
                    "of nine schools six years on. The school office keeps no record.",
                    [
                        Evidence(
                            SWIMMING,
                            CONTEXT,
                            "Of 64 pupils tested, 29 could not swim 25 metres.",
                            "Page 4",
                        ),
                        Evidence(
                            SCHOOLS,
                            CONTEXT,
                            "We keep no record of which pupils can swim.",
                            "E-mail, second sentence",
                        ),
                    ],
                ),
                Answer(
                    "unproven",
                    "The town’s schools keep no record of who can swim, and no recent test exists.",
                    "Asked by us, the school office said that it has no figures. We found no survey "
                    "after 2019.",
                    [
                        Evidence(
                            SCHOOLS,
                            CONTEXT,
                            "We keep no record of which pupils can swim.",
                            "E-mail, second sentence",
                        )
                    ],
                    Confidence.MEDIUM,
                ),
            ],
            said_on=SPOKEN,
        ),
        Telling(
            "the builder had told her in private that no other firm would have taken the work",
            ClaimDraft(
                "The builder told the mayor in private that no other firm would have taken the work.",
                "We check whether it was said.",
                claimant=mayor,
                reports=builder,
                type=ClaimType.QUOTATION,
            ),
            [
                Answer(
                    "not-checkable",
                    "A private talk without a witness or a record. The builder would not comment.",
                    "The mayor’s office says that there is no note of the talk. The builder "
                    "answered that it does not comment on private conversations. Nothing is left "
                    "that others could examine.",
                    [
                        Evidence(
                            BUILDER,
                            CONTEXT,
                            "We do not comment on private conversations.",
                            "E-mail, whole text",
                        )
                    ],
                ),
                Answer(
                    "not-checkable",
                    "Only two people were there, and neither offers anything to check it by.",
                    "No note, no witness, no recording; the builder declined to comment.",
                    [
                        Evidence(
                            BUILDER,
                            CONTEXT,
                            "We do not comment on private conversations.",
                            "E-mail, whole text",
                        )
                    ],
                ),
            ],
            said_on=SPOKEN,
        ),
        Telling(
            "The baths opened in 1908, built with 240,000 florins that the glassmaker Anselm Weyle "
            "had left to the town",
            ClaimDraft(
                "The baths opened in 1908 and were built with 240,000 florins left by Anselm Weyle.",
                claimant=paper,
            ),
            [
                Answer(
                    "true",
                    "Weyle’s will leaves that sum for a bath house. It was opened on 3 October 1908.",
                    "The will, kept in the town archive, gives the sum and the purpose. The paper’s "
                    "own report of the next day describes the opening.",
                    [
                        Evidence(
                            WILL,
                            SUPPORTS,
                            "To the town, 240,000 florins for a bath house that shall be open to all.",
                            "Clause 9",
                        ),
                        Evidence(
                            OPENING,
                            SUPPORTS,
                            "Yesterday the bath house was opened which we owe to the late Mr Weyle.",
                            "Page 1",
                        ),
                    ],
                ),
                Answer(
                    "true",
                    "The will and a newspaper of 1908 bear out both the sum and the year.",
                    "Both documents can be read at the town archive.",
                    [
                        Evidence(
                            WILL,
                            SUPPORTS,
                            "To the town, 240,000 florins for a bath house that shall be open to all.",
                            "Clause 9",
                        ),
                        Evidence(
                            OPENING,
                            SUPPORTS,
                            "Yesterday the bath house was opened which we owe to the late Mr Weyle.",
                            "Page 1",
                        ),
                    ],
                ),
            ],
            said_on=WRITTEN,
        ),
        Telling(
            "they counted 61,400 visitors, more than the town theatre and the museum together",
            ClaimDraft(
                "In 2020 the baths had more visitors than the town theatre and the museum together.",
                "“Visitors” means admissions as the statistics office counts them.",
                claimant=paper,
                type=ClaimType.COMPARISON,
            ),
            [
                Answer(
                    "false",
                    "The baths had 61,400 visitors. The theatre and the museum together had 63,200.",
                    "The town’s statistics for 2020 give 61,400 admissions to the baths, 38,900 to "
                    "the theatre and 24,300 to the museum. The baths drew more than either, but "
                    "1,800 fewer than the two together.",
                    [
                        Evidence(
                            VISITORS,
                            CONTRADICTS,
                            "Baths 61,400; theatre 38,900; museum 24,300.",
                            "Table 2",
                        )
                    ],
                ),
                Answer(
                    "false",
                    "By the town’s own count it was 61,400 against 63,200.",
                    "The number for the baths is right. The comparison is not.",
                    [
                        Evidence(
                            VISITORS,
                            CONTRADICTS,
                            "Baths 61,400; theatre 38,900; museum 24,300.",
                            "Table 2",
                        )
                    ],
                ),
            ],
            said_on=WRITTEN,
        ),
    ]


GUIDELINES = """Rate the claim as it is put and read, not the person who makes it.

A number is true when it is right to the last digit that was said.

Two sources that copy each other are one. The register beats the report of it.

Say in the finding what is so, in the justification how we know."""


def tell(clock: time_machine.Traveller) -> Desk:
    """Play the story: import, mark, two blind annotations, decide, approve, publish, correct."""
    desk = Desk.objects.create(
        name="Fact-check desk",
        slug="lantern",
        organisation="The Kestrian Lantern",
        website="https://lantern.example/",
        scale=RatingScale.objects.get(slug=NEWSROOM),
    )
    story = Story(desk, clock)
    story.at("2025-05-14T08:30")
    bruno = story.member("bruno", "Bruno", "Achterberg", Role.CHECKER)
    leila = story.member("leila", "Leila", "Sandoval", Role.CHECKER)
    nadia = story.member("nadia", "Nadia", "Ferrante", Role.EDITOR)
    piotr = story.member("piotr", "Piotr", "Halloran", Role.EDITOR)
    ruth = story.member("ruth", "Ruth", "Anquetil", Role.MANAGER)
    story.guidelines(ruth, GUIDELINES)

    def claimant(name: str, description: str, kind: str = ClaimantKind.PERSON) -> Claimant:
        return Claimant.objects.create(desk=desk, name=name, description=description, kind=kind)

    told = tellings(
        claimant("Ilsa Marrender", "mayor of Orsolet"),
        claimant("Teodor Quast", "town councillor"),
        claimant("Renna Holt", "director of the town baths"),
        claimant("Dornach & Daughters", "builders of Orsolet", ClaimantKind.ORGANISATION),
        claimant("The Orsolet Messenger", "daily newspaper", ClaimantKind.OUTLET),
    )

    story.at("2025-05-14T09:12")
    article = story.article(
        nadia,
        TEXT.read_text(encoding="utf-8"),
        TEXT.name,
        outlet="The Orsolet Messenger",
        topic="Public buildings",
        byline="Carsten Vollmar",
        url="https://messenger.orsolet.example/2025/05/14/baths",
        published_on=WRITTEN,
        why_selected="An invented article about an invented town, written to show a whole check. "
        "Its people, papers, sources and addresses do not exist.",
        public_text=PublicText.FULL,
        permission="By permission of The Orsolet Messenger (as invented as the article)",
    )
    story.after(20)
    claims = story.mark(article, told, nadia)
    # 1: the promise; 4: set aside as opinion; 7, 11: what happened in the room; 10: talk.
    story.triage(article, nadia, opinion=[1, 4], not_factual=[10])
    pairs = [(claim, each) for claim, each in zip(claims, told, strict=True) if each.answers]
    story.after(10)
    workflow.open_checking(article, [bruno, leila], actor=nadia)

    story.at("2025-05-15T10:05")
    for claim, each in pairs:
        story.annotate(claim, leila, each.answers[0])
    story.at("2025-05-19T13:40")
    for claim, each in pairs:
        story.annotate(claim, bruno, each.answers[1])

    story.at("2025-05-21T09:30")
    for claim, each in pairs:
        story.decide(claim, each, adopted=leila, actor=nadia)
        story.after(9)
    story.at("2025-05-22T08:50")
    for claim, _each in pairs:
        workflow.approve(claim, actor=piotr)
        story.after(4)
    workflow.publish(article, actor=piotr)

    # The letter's date was wrong in edition 1; its rating stands.
    story.at("2025-05-26T09:15")
    claim = next(claim for claim, each in pairs if each.words.startswith("We never"))
    workflow.reopen(
        claim,
        actor=piotr,
        reason="A reader points out that the letter is dated 3 May, not 12 May.",
    )
    story.after(25)
    adopted = as_draft(claim.assignments.get(person=leila).annotation)
    workflow.decide(
        claim,
        replace(
            adopted,
            finding=adopted.finding.replace("12 May 2023", "3 May 2023"),
            justification=adopted.justification.replace("12 May 2023", "3 May 2023"),
            reason="The letter itself is dated 3 May 2023. Nothing else changes.",
        ),
        actor=nadia,
    )
    story.after(30)
    workflow.approve(claim, actor=piotr)
    story.after(5)
    note = workflow.CorrectionNote(
        CorrectionKind.CORRECTION,
        "We gave 12 May 2023 as the date of the Ministry’s letter. That is the day on which the "
        "town hall stamped it; the letter is dated 3 May 2023. The rating did not change.",
    )
    workflow.publish(article, actor=piotr, notes={claim.pk: note})
    return desk
