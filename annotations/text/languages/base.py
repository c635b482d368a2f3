"""What the text layer must know of a language. Data, no code that decides."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Language:
    """The words of one language at which sentences and quotations are decided.

    Abbreviations are written without their last full stop.

    `titles` stand before a name and never end a sentence.
    `numbered` do not end one when a number follows ("No. 5", "Jan. 6", "ch. IV"); written small,
    they hold for capitals, too ("Fig. 6").
    `endings` are ends of words that are the same ("Mühlstr. 14").
    `closing` end one when a capital follows ("и др. Им дали").
    `units` do so too, unless it has only begun ("В 2016 г. Иванов"); one letter is a unit only
    after a number ("2016 г.", but "г. Москва").
    `general` end one only when a word of `starters` or an opening quotation mark follows.
    `times` do not end one when a word of `after_times` follows ("5 p.m. Eastern").
    `before_times` open a sentence that has no words yet but the hour ("At 5 a.m. Mr. Cole left").
    `starters` are words that, capitalised after a full stop, nearly always begin a sentence.
    `calling` are names with a mark of their own that ends no sentence ("Yahoo! Finance").
    `ends` are marks that end a sentence in this language only, before white space.
    `ends_alone` says that where a paragraph has one of those, or ։ or a danda, a full stop in it
    ends none.
    `letter_nouns` stand before a single letter that is no initial ("Plan B.").
    `speech_verbs` tell that a name after a quoted question is its speaker.
    `speech_tags` are the same where they begin the words after the quotation ("他说").
    `tag_ends` are the same where they end the clause after it ("市长在会后说。").
    `telling` are the same with whom they tell after them ("市长告诉我们").
    `going_on` are verbs that may stand between two pieces of one quotation, where `cues` are none
    since nothing parts words; many are nouns too, so that no sentence is cut by them.
    `verbs` and words that end in `verb_endings` say something of something ("rents rose by 8").
    `cuts_no_words` says that words which are in no list are hardly ever cut short ("чуваш. языке"
    is): whatever follows them, a full stop ends a sentence. Only where that was measured.
    `ordinals` says that digits and a full stop are an ordinal ("3. Oktober"), `before_ordinals`
    after which words three digits are, too ("zum 150. Geburtstag").

    `cues` are verbs that say who speaks beside a quotation.
    `passing` are those that pass on words without quotation marks ("said that ...").
    `according` are phrases before whose words are passed on, in small letters.
    `he`, `she`, `it`, `they` and `speaker_myself` are pronouns that may speak.
    `determiners` begin a description ("the mayor"), `honours` stand before a name ("Mayor").
    `fillers` may stand between who speaks and the verb ("has also said").
    `conjunctions` begin a clause, `then` may stand before its subject ("and then she said").
    `auxiliaries` may stand between a quotation and a verb before its speaker ("a déclaré X").
    `phrases` are cues of several words after who speaks ("“We go,” she went on").
    `passive` before a cue says that it is told to its subject ("she was told"), `not_said` that its
    subject says nothing ("has not said"); so does an `infinitive` ("declined to say"), but after a
    word that is `used` ("used to say").
    `addressing` are cues after which stands whom somebody speaks to.
    `that` begins what is passed on, and is often left out after `says`.
    `relatives` stand for somebody named before ("a lawsuit that claimed").
    `nouns` are cues that may be nouns ("the claims"), and are after `before_nouns`.
    `bodies` end the name of a body ("the Labor Department").
    `people` are the endings of those who may be anywhere's ("Leeds residents").
    `outside` begin a sentence and are nobody ("Outside, one father said").
    `leading` begin a place or a day before the subject ("At a meeting the mayor said").
    `some` stand before "of" and those of whom they are some ("two of the nurses").
    `anybody` may speak alone ("said another"), `so` stands between a quotation and who says it.
    `nobody` are labels that name no speaker, `turn_labels` those that only name the turn.
    `days` are no person, though a capital begins them ("on Sunday, officials said").
    `any_verb` are the endings of what may be a verb of saying after a comma in the marks.
    `participles` are cues that no speaker follows ("..., saying that").
    `roles` are titles with which all capitals before them go ("Treasury Secretary Ann Wells").
    `role_endings` end a word that is as good as one of `honours` ("Finanzminister").
    `capital_nouns` says that any noun has a capital, so that two in a row need be no name.
    `inverts` says that a verb after a comma comes before who speaks (", sagte der Minister").
    `dash_turns` says that a paragraph which a dash opens is what somebody says.
    """

    titles: frozenset[str] = frozenset()
    numbered: frozenset[str] = frozenset()
    endings: tuple[str, ...] = ()
    closing: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    general: frozenset[str] = frozenset()
    times: frozenset[str] = frozenset()
    after_times: frozenset[str] = frozenset()
    before_times: frozenset[str] = frozenset()
    starters: frozenset[str] = frozenset()
    calling: frozenset[str] = frozenset()
    ends: str = ""
    ends_alone: bool = False
    letter_nouns: frozenset[str] = frozenset()
    speech_verbs: frozenset[str] = frozenset()
    speech_tags: tuple[str, ...] = ()
    tag_ends: tuple[str, ...] = ()
    telling: tuple[str, ...] = ()
    going_on: tuple[str, ...] = ()
    verbs: frozenset[str] = frozenset()
    verb_endings: tuple[str, ...] = ()
    cuts_no_words: bool = False
    ordinals: bool = False
    before_ordinals: frozenset[str] = frozenset()
    cues: frozenset[str] = frozenset()
    passing: frozenset[str] = frozenset()
    according: tuple[str, ...] = ()
    he: frozenset[str] = frozenset()
    she: frozenset[str] = frozenset()
    it: frozenset[str] = frozenset()
    they: frozenset[str] = frozenset()
    speaker_myself: frozenset[str] = frozenset()
    determiners: frozenset[str] = frozenset()
    honours: frozenset[str] = frozenset()
    fillers: frozenset[str] = frozenset()
    conjunctions: frozenset[str] = frozenset()
    then: frozenset[str] = frozenset()
    auxiliaries: frozenset[str] = frozenset()
    phrases: tuple[str, ...] = ()
    passive: frozenset[str] = frozenset()
    not_said: frozenset[str] = frozenset()
    infinitive: frozenset[str] = frozenset()
    used: frozenset[str] = frozenset()
    addressing: frozenset[str] = frozenset()
    that: frozenset[str] = frozenset()
    says: frozenset[str] = frozenset()
    relatives: frozenset[str] = frozenset()
    nouns: frozenset[str] = frozenset()
    before_nouns: frozenset[str] = frozenset()
    bodies: frozenset[str] = frozenset()
    people: tuple[str, ...] = ()
    outside: frozenset[str] = frozenset()
    leading: frozenset[str] = frozenset()
    some: frozenset[str] = frozenset()
    anybody: frozenset[str] = frozenset()
    so: frozenset[str] = frozenset()
    any_verb: tuple[str, ...] = ()
    nobody: frozenset[str] = frozenset()
    turn_labels: frozenset[str] = frozenset()
    days: frozenset[str] = frozenset()
    participles: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    role_endings: tuple[str, ...] = ()
    capital_nouns: bool = False
    inverts: bool = False
    dash_turns: bool = False


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())
