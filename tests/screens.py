"""Writes docs/screens.md: every picture that `make screenshots` took, in order, with a line each.

    python -m tests.screens docs/screens.md

Run from the repository's root. A picture without a line here, or a line without one, stops it.
"""

from __future__ import annotations

import sys
from pathlib import Path

PICTURES = Path("docs/images/screens")
LOOKS = ("wide-light", "wide-dark", "phone-light", "phone-dark")

SCREENS: dict[str, dict[str, str]] = {
    "The desk": {
        "queue": "What needs an editor now, why, and one verb for each.",
        "queue-checker": "A checker's queue: only what is theirs.",
        "queue-empty": "Nothing needs you right now.",
        "articles": "All articles of the desk, with the stage of each.",
        "search": "One search over texts, claims, findings, sources and people.",
        "claims": "The claims of all articles, and the same done to several at once.",
        "claims-empty": "No claim fits the filter.",
        "claims-refused": "Nothing was chosen: what is missing, and nothing is lost.",
        "who-makes-claims": "Who makes claims, under which names, and how many.",
        "who-makes-claims-none": "Nobody of that name.",
        "names": "One of them: every name, and the claims under any of them.",
        "names-edit": "What is said of one, and what keeps what it has.",
        "names-merge": "Two names before they are one: what it means, and which is the main one.",
        "names-refused": "The name is nobody's: what is missing, with what was typed.",
        "my-annotations": "What one answered, and what the desk made of it.",
        "log": "The desk's log: it cannot be rewritten.",
        "statistics": "What the desk learns of its work: figures by period, each with its numbers.",
        "renewal": "What assessors ask each year, to be printed or taken away.",
        "people": "Who is at the desk, in which role.",
        "end-membership": "Ending a membership: the work and its name stay.",
        "rules": "What the desk asks of a verdict and of its people.",
        "look": "Choosing the newsroom’s logo and colour.",
        "own-look-choice": "A logo and a colour, and what each theme makes of it.",
        "own-look-queue": "The desk in a newsroom’s own look.",
        "own-look-workbench": "The workbench in a newsroom’s own look.",
        "guidelines": "Writing a new version of the guidelines.",
        "statements": "What the desk says of itself, and what it has not said yet.",
        "edit-statement": "Writing what readers are told of the desk.",
        "reports": "What readers reported.",
        "notices": "What one is told of, newest first.",
        "notice-choices": "What one wants to hear of, and how.",
        "jobs": "What the worker does, what failed, and doing it again.",
        "more": "The menu as a page, for phones.",
        "sign-in": "Signing in.",
        "not-allowed": "One's role does not allow this page.",
        "not-found-signed-in": "Nothing is here, for a member.",
    },
    "Adding an article": {
        "add-article": "Paste a text, choose a file, or give a web address.",
        "import-preview": "The sentences as they will be frozen, with what looks wrong.",
        "import-duplicate": "The text is on the desk already: saving it adds nothing.",
        "left-out": "What was left out of a page, and one line of it taken in.",
        "import": "A saved web page, its sentences joined and split by hand.",
    },
    "The workbench: marking": {
        "workbench": "Rail, text and panel.",
        "selection": "Words are selected: mark them, add them, move either end.",
        "mark-panel": "The claim in plain words, how it is read, who says so.",
        "said-by": "A suggestion of who said it, beside the human's choice.",
        "wording-refused": "A problem says what is missing and leads there.",
        "rows": "Rows of a table, markable as sentences are.",
        "links": "A sentence with a link of the article’s own.",
        "sentence-panel": "What a sentence is, by one key, and marking without JavaScript.",
        "marks-removed": "Marks that were taken out, to put back.",
        "long": "An article of 300 sentences and 75 claims.",
        "keys": "The keys, and the switch that turns them off.",
        "open-checking": "Choosing who checks.",
    },
    "The workbench: checking": {
        "check-panel": "One's own answer; nothing of anybody else's is here.",
        "source-panel": "Citing a source, or finding one again.",
        "stance": "What a passage does to the claim, by one press.",
        "pick-passage": "Picking the passage in the words of the saved copy.",
        "citations-ordered": "Sources in the order that a checker gave them.",
        "checked-by-others": "What others have published of claims like this one.",
        "submit-refused": "What an annotation still lacks.",
        "decline": "Declining what one was asked.",
        "offline": "Offline: what is typed waits in the tab.",
        "signed-out": "Signed out meanwhile: nothing is lost.",
        "conflict": "The same draft in another window: both versions, field by field.",
        "claim-panel": "A claim as an editor reads it.",
        "discussion": "What is said of a claim once its annotations are disclosed.",
    },
    "Deciding and approving": {
        "decide": "The annotations side by side, and how they differ.",
        "decision-refused": "Where ratings differ, a cause and a reason are asked for.",
        "approve": "The checklist beside what readers will get.",
        "approve-blocked": "What stands in the way of publishing.",
        "preview": "The preview by itself.",
        "history": "The log of one article.",
        "correct": "Opening a published claim again.",
        "asked": "Who is asked for a claim, and until when.",
        "take-back": "Taking a check back from somebody.",
        "ask-again": "Asking one more person.",
        "give-back": "Returning an annotation, with the reason.",
        "bring-back": "Bringing back a claim that was set aside.",
        "reword": "Changing a wording returns every annotation.",
        "duplicate": "Setting a claim aside because it repeats another.",
        "replies": "Right of reply.",
        "keep-reply": "Keeping what somebody answered, once.",
        "changes": "What became of pages that published claims stand on.",
        "settle-change": "Saying whether a changed page matters.",
        "criticism": "Whom the claims criticise, what was put to them and what they said.",
        "withdraw-reply": "Withdrawing a request for a reply.",
        "letter": "The letter in which the desk asks for a reply.",
        "phrases": "Words that the desk uses again, to begin findings with.",
        "phrase": "Changing one of them.",
        "confidential-source": "A source that must not be named: who may see who it is.",
        "guest-reply": "What an addressee is asked, by the link that is theirs.",
        "source": "A source and its saved copies.",
        "note-on-source": "What is still to be confirmed of a source, before others know of it.",
        "saved-by-others": "What the Internet Archive and the desk’s own archive answered.",
        "submit": "One’s own annotations, before they are handed in.",
        "plan": "Who looks after an article, and by when.",
        "details": "What is said of an article beside its text.",
        "translations": "The same text in another language.",
        "tied-claims": "Which claims of two languages are the same.",
        "withdraw": "Withdrawing an article.",
        "retract": "Retracting a verdict.",
        "review": "Saying when to look whether a verdict is still so.",
    },
    "A text that changed": {
        "revise": "What changes, and what becomes of each mark, before it is saved.",
        "orphans": "Marks that wait for a person.",
        "settled": "Every mark has its place.",
        "orphans-none": "No mark waits for a person.",
        "revisions": "The texts of an article.",
        "revision": "One text, and what changed since.",
    },
    "What readers get": {
        "latest": "The latest checks.",
        "desk-checks": "The latest checks of one desk.",
        "public-article": "The annotated article.",
        "public-article-arabic": "The same, written from right to left.",
        "public-claim": "One claim, with its evidence.",
        "public-claim-arabic": "A claim in Arabic.",
        "public-claim-french": "A claim in French.",
        "versions": "Every edition of an article.",
        "versions-arabic": "Every edition, in Arabic.",
        "edition-1": "An edition that another has replaced.",
        "search": "Searching claims.",
        "search-empty": "A search that finds nothing.",
        "search-arabic": "Searching, in Arabic.",
        "corrections": "All corrections.",
        "desk-corrections": "The corrections of one desk.",
        "corrections-arabic": "All corrections, in Arabic.",
        "claimants": "Whose claims were checked.",
        "claimants-arabic": "Whose claims were checked, in Arabic.",
        "claimant": "One person's claims.",
        "about": "How the desk works.",
        "about-arabic": "How the desk works, in Arabic.",
        "ratings": "The rating scale.",
        "report": "Think we got it wrong?",
        "report-arabic": "Reporting an error, in Arabic.",
        "own-look-article": "An article in a newsroom’s own look.",
        "own-look-arabic": "The same in Arabic.",
        "report-thanks": "After sending a report.",
        "embed-article": "An article's check inside another site.",
        "embed-claim": "A claim inside another site.",
        "shown-copy": "The saved copy behind a verdict, at the words that it quotes.",
        "shown-copy-arabic": "The same, for a reader of Arabic.",
        "not-found": "Nothing is here.",
    },
    "The door, and one’s own account": {
        "invitation": "Coming in by an invitation.",
        "no-invitation": "An invitation that has lapsed, or never was.",
        "by-invitation": "Who has no account is invited.",
        "lost-password": "Asking for a new password.",
        "second-step": "After the password: a code that is not right.",
        "closed-account": "The right password of an account that was closed.",
        "set-up": "The first desk of a site.",
        "account": "One’s own account.",
        "password": "Changing the password.",
        "e-mail": "One’s address.",
        "new-address": "Another address, which waits for its link to be followed.",
        "confirm-address": "What the link leads to.",
        "second-factor": "A second factor: passkeys, codes, recovery codes.",
        "sessions": "Where one is signed in.",
        "say-it-again": "Saying once more who one is, before something that matters.",
        "lost-database": "The database does not answer: nothing typed is lost.",
    },
    "Besides": {
        "invite": "Inviting people, many at once.",
        "administration": "The first page of the administration.",
        "decide-claim": "Deciding one claim, by its own address.",
        "earlier-checks": "What others have checked already.",
        "add-earlier-checks": "Bringing in earlier checks by others.",
        "files": "Several files, or long ones, and how far the worker is with each.",
        "file": "A file with wrong rows: nothing of it was taken in.",
    },
}


def taken() -> dict[str, list[str]]:
    """The looks that pictures were taken in, by screen."""
    found: dict[str, list[str]] = {}
    for look in LOOKS:
        for path in PICTURES.glob(f"*-{look}.webp"):
            found.setdefault(path.stem.removesuffix(f"-{look}"), []).append(look)
    return found


def page(pictures: dict[str, list[str]]) -> str:
    """The Markdown. Raises SystemExit where pictures and lines do not match."""
    told = {name for screens in SCREENS.values() for name in screens}
    if odd := sorted(told ^ set(pictures)):
        raise SystemExit(f"A picture without a line, or a line without a picture: {odd}")
    lines = [
        "# Screens",
        "",
        "Written by `make screenshots`: each screen and state, wide (1440 px) and on a phone "
        "(390 px), light and dark, on invented articles.",
    ]
    for part, screens in SCREENS.items():
        lines += ["", f"## {part}"]
        for name, line in screens.items():
            lines += ["", f"**{name}** · {line}", ""]
            lines += [
                f'<img src="images/screens/{name}-{look}.webp" alt="{line}" '
                f'width="{"560" if look.startswith("wide") else "200"}">'
                for look in pictures[name]
            ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(taken()), encoding="utf-8")
