"""Ways to name somebody, and ways to say that they spoke: each with each names whom it should."""

from __future__ import annotations

from collections.abc import Iterator

from annotations.text.sentences import split
from annotations.text.speakers import attributions
from tests.text.texts import same_person

# Words that name somebody, and who that is.
NAMED = (
    ("Ann Lee", "Ann Lee"),
    ("Mayor Ann Lee", "Ann Lee"),
    ("Ann Lee, 52,", "Ann Lee"),
    ("Ann Lee, a nurse who saw it,", "Ann Lee"),
    ("the mayor, Ann Lee,", "Ann Lee"),
    ("a spokesman, Tom Cole,", "Tom Cole"),
    ("one of them, Tom Cole,", "Tom Cole"),
    ("Bell’s lawyer, Tom Cole,", "Tom Cole"),
    ("Bell’s spokesman Tom Cole", "Tom Cole"),
    ("a spokesman for the mayor", "a spokesman"),
    ("a spokesman for the mayor, Tom Cole,", "Tom Cole"),
    ("Tom Cole, the mayor’s spokesman,", "Tom Cole"),
    ("city spokesman Tom Cole", "Tom Cole"),
    ("Dr. Tom Cole of Lakes University", "Tom Cole"),
    ("Prof. Tom Cole", "Tom Cole"),
    ("lead author Tom Cole", "Tom Cole"),
    ("Lt. Tom Cole", "Tom Cole"),
    ("Maj. Gen. Tom Cole", "Tom Cole"),
    ("her husband, Tom Cole,", "Tom Cole"),
    ("her mother", "her mother"),
    ("the company", "the company"),
    ("the sheriff’s office", "sheriff’s office"),
    ("the Harlan County sheriff’s office", "sheriff’s office"),
    ("police", "police"),
    ("officials", "officials"),
    ("two officials", "two officials"),
    ("prosecutors", "prosecutors"),
    ("a company spokesperson", "a company spokesperson"),
    ("one resident", "one resident"),
    ("the National Weather Service", "National Weather Service"),
    ("Ozark Power", "Ozark Power"),
    ("a vice president", "vice president"),
    ("the man", "the man"),
    ("the authors", "the authors"),
    ("Tom Cole Jr.", "Tom Cole"),
    ("Tom Cole and Ann Lee", "Tom Cole and Ann Lee"),
    ("Sen. Tom Cole, D-Wash.,", "Tom Cole"),
    ("Sister Mary Agnes Dolan", "Mary Agnes Dolan"),
    ("Joseph Iron Hawk", "Joseph Iron Hawk"),
    ("Chief Deputy Tom Cole", "Tom Cole"),
    ("a retired welder named Tom Cole", "Tom Cole"),
    ("residents", "residents"),
    ("a lawyer for the city, Tom Cole,", "Tom Cole"),
    ("the mayor of Leeds, Tom Cole,", "Tom Cole"),
    ("the agency’s director, Tom Cole,", "Tom Cole"),
    ("another woman", "another woman"),
    ("someone", "someone"),
    ("Gov. Tom Cole’s office", "Gov. Tom Cole’s office"),
    ("his brother Tom", "Tom"),
    ("Cole’s sister", "sister"),
    ("a woman in a red coat", "a woman"),
    ("the head of the union", "the head of the union"),
    ("the report’s author, Tom Cole of Leeds,", "Tom Cole"),
    ("the school district", "school district"),
    ("Leeds City Council", "Leeds City Council"),
    ("the attorney general’s office", "attorney general’s office"),
    ("Tom Cole, president of the Leeds Chamber of Commerce,", "Tom Cole"),
    ("Tom Cole, whose house burned,", "Tom Cole"),
    ("U.S. Rep. Tom Cole", "Tom Cole"),
    ("Councilman Brian Walsh", "Brian Walsh"),
    ("the lawsuit", "the lawsuit"),
    ("the Rev. Tom Cole", "Tom Cole"),
    ("longtime resident Tom Cole", "Tom Cole"),
    ("Cole", "Cole"),
    ("Ms. Cole", "Cole"),
    ("Justice Tom Cole", "Tom Cole"),
    ("the Leeds Riders’ League", "Leeds Riders’ League"),
    ("Tom Cole, a father of two,", "Tom Cole"),
    ("Tom Cole, of Leeds,", "Tom Cole"),
    ("Cole’s campaign manager, Ann Lee,", "Ann Lee"),
    ("a person familiar with the plan", "a person"),
)
# `{n}` is whoever speaks, `{N}` with a capital, `{n0}` without a comma at its end, `{n1}` with one.
SPOKEN = (
    "“We go there now,” said {n0}.",
    "“We go there now,” {n} said.",
    "{N} said, “We go there now.”",
    "{N} said it was “dead and gone.”",
    "{N} called it “dead and gone.”",
    "“We go there now,” {n} told reporters.",
    "“We go there now,” {n} wrote in a letter.",
    "In a statement, {n} said it was “dead and gone.”",
    "According to {n1} it was “dead and gone.”",
    "“We go there now,” according to {n0}.",
    "But {n} said it was “dead and gone.”",
    "{N} has said that it is “dead and gone.”",
    "It was “dead and gone,” {n} said.",
    "It was, {n} said, “dead and gone.”",
    "Asked about it, {n} said, “We go there now.”",
    "On Monday, {n} said it was “dead and gone.”",
    "On Monday {n} said it was “dead and gone.”",
    "“We go there now,” {n} later told the court.",
    "{N} denied it, saying it was “dead and gone.”",
    "“We go there now,” {n} said in a statement on Monday.",
    "Outside, {n} said it was “dead and gone.”",
    "{N} said Monday that it was “dead and gone.”",
    "In a post on X, {n} wrote: “We go there now.”",
    "“Do we go there now?” {n} asked.",
    "“Do we go there now?” asked {n0}.",
    "“We go,” {n} said, “there now.”",
    "{N} described it as “dead and gone.”",
    "{N} dismissed it as “dead and gone.”",
    "{N} warned of “dead and gone” mills.",
    "{N} promised “a better day.”",
    "{N} insisted there was “no doubt at all.”",
    "{N} complained about “dead and gone” mills.",
    "{N} accused the town of “dirty tricks.”",
    "{N} told the court on Monday that it was “dead and gone.”",
    "The vote ended what {n1} called “a dirty trick.”",
    "It was built in what {n1} described as “a great hurry.”",
    "“We go there now,” {n} said, his voice shaking.",
    "“We go there now,” {n} said with a laugh.",
    "“We go there now,” says {n0}.",
    "“We go there now!” said {n0}.",
    "“We go there now?” {n} said.",
    "“We go. We do,” {n} said. “There now.”",
    "“We go. We do,” said {n0}. “There now.”",
    "{N} said by phone: “We go there now.”",
    "{N} replied, “We go there now.”",
    "{N} shrugged and said, “We go there now.”",
    "It rained hard, but {n} called it “dead and gone.”",
    "{N}, asked why, said: “We go there now.”",
    "“We go there now,” recalled {n0}.",
    "“We go there now,” {n} shot back.",
    "“We go there now,” {n} added.",
    "“We go there now,” {n} posted on Facebook.",
    "“We go there now,” {n} went on.",
    "It was “dead and gone,” according to {n0}.",
    '"We go there now," {n} said.',
    '"We go there now," said {n0}.',
    "In a letter on Friday, {n} called it “dead and gone.”",
    "“We go there now,” {n} said in an email to The Times.",
    "{N} acknowledged that it was “dead and gone.”",
    "{N} urged people to “stay home now.”",
    "{N} refused to comment, saying only that it was “dead and gone.”",
    "When it was over, {n} said it was “dead and gone.”",
    "“He is a good man,” {n} said of Bell.",
    "{N} says it is “dead and gone.”",
    "{N} thinks it is “dead and gone.”",
    "{N} asked, “Do we go there now?”",
)


def otherwise() -> Iterator[tuple[str, str]]:
    """Each text for which nobody, or somebody else, is proposed, and who that is."""
    for named, person in NAMED:
        for spoken in SPOKEN:
            text = f"It rained all day in the town.\n\n{_filled(spoken, named)}"
            made = attributions(text, split(text, "en"), language="en")
            got = next((one.name for one in made if one.quotation is not None), "")
            is_whole = person[0].islower() or " " not in person or " " in got
            if not (same_person(got, person) and is_whole):
                yield text, got


def _filled(spoken: str, named: str) -> str:
    bare = named if named.endswith("Jr.") else named.rstrip(",.")
    ways = {
        "n": named,
        "N": named[0].upper() + named[1:],
        "n0": bare,
        "n1": named if named.endswith(",") else f"{named},",
    }
    return spoken.format(**ways).replace("Jr..", "Jr.")
