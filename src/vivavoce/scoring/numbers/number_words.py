"""The words that stand beside numbers: units, nouns, fractions, and what is no number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vivavoce.scoring.numbers.figure import Unit


def word_set(words: str) -> frozenset[str]:
    """Return the words of a line."""
    return frozenset(words.split())


PERCENT = word_set("percent percentage pct")
POINTS = word_set("point points pp ppt")
CENTS = word_set("cents cent pence")
MONEY = CENTS | word_set(
    "dollars dollar euros euro pounds pound bucks quid francs franc kronor crowns rupees yen usd "
    "eur gbp chf"
)
TIMES = word_set(
    "second seconds sec secs minute minutes min mins hour hours hr hrs h day days week weeks wk "
    "wks month months quarter quarters year years yr yrs sprint sprints night nights weekend "
    "weekends fortnight fortnights evening evenings morning mornings afternoon afternoons mondays "
    "tuesdays wednesdays thursdays fridays saturdays sundays saturday sunday weekday weekdays ms "
    "millisecond milliseconds"
)
LONG_TIMES = TIMES - word_set(
    "second seconds sec secs minute minutes min mins hour hours hr hrs h ms millisecond "
    "milliseconds year years yr yrs"
)
"""In which a test is measured."""
PEOPLE = word_set(
    "people person persons user users listener listeners subscriber subscribers subs customer "
    "customers member members reader readers player players driver drivers rider riders actives "
    "households household homes home families family shopper shoppers graduates learner learners "
    "patient patients guest guests seller sellers buyer buyers parent parents viewer viewers "
    "drinkers traveller travellers traveler travelers passenger passengers opener openers artist "
    "artists creator creators donor donors tenant tenants student students teacher teachers kids "
    "children candidate candidates volunteers commuter commuters employees colleagues visitor "
    "visitors account accounts subscription subscriptions membership memberships payers owner "
    "owners couples runner runners host hosts courier couriers friends fans folks women men "
    "newcomers applicants savers freelancers landlords musicians voters callers leavers recipients "
    "beginners singles tourists citizens clients client cardholders borrowers bookers newbies "
    "installs patrons pupils movers"
)
FRACTIONS = {
    "half": 2,
    "third": 3,
    "quarter": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
    "twentieth": 20,
    "hundredth": 100,
}
FRACTIONS |= {f"{word}s": parts for word, parts in FRACTIONS.items()}
MULTIPLES = {
    "doubles": 2.0,
    "doubled": 2.0,
    "doubling": 2.0,
    "double": 2.0,
    "twice": 2.0,
    "triple": 3.0,
    "triples": 3.0,
    "tripled": 3.0,
    "treble": 3.0,
    "halve": 0.5,
    "halves": 0.5,
    "halved": 0.5,
    "halving": 0.5,
}
DENOMINATORS = frozenset((3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 25, 50, 100, 1000))
STOPS = word_set(
    "in to on at from and is are was were be been being would will should could can may might do "
    "does did a an the per who that which what where when why how for with by if so but or nor "
    "than as instead rather not no it its it's i we you they he she i'd we'd i'm we're they're "
    "that's there's this these those because since while until till before after over under into "
    "onto out up down off about around roughly like maybe perhaps just only even still now today "
    "then right okay yeah well also each every times plus minus versus against now's us is less "
    "fewer more has have had goes go becomes become stays stay among across within between always "
    "perhaps something yes thus ours theirs his hers whose unless towards toward against"
)
"""No noun of a number, and nothing that stands between a number and its noun."""
_LINKS = word_set(
    "or so ish full extra more fewer less whole percentage basis working calendar long "
    "business straight additional solid"
)
_THE = word_set("our the all these those my their your them today's us")


@dataclass(frozen=True, slots=True)
class UnitWord:
    """The unit that was said with a number."""

    unit: Unit
    noun: str
    last: int
    """Index after its last word."""
    factor: float = 1.0
    """0.01 for cents, and for basis points."""


def unit_at(words: Sequence[str], start: int) -> UnitWord | None:
    """Return the unit that is said from a word on, a word or two before it skipped; or None."""
    index = start
    while index < len(words) and index < start + 3 and words[index] in _LINKS:
        index += 1
    for place in dict.fromkeys((start, index)):
        word = words[place] if place < len(words) else ""
        if word in PERCENT:
            following = words[place + 1] if place + 1 < len(words) else ""
            unit: Unit = "points" if following in POINTS else "percent"
            return UnitWord(
                unit, following if unit == "points" else word, place + 1 + (unit == "points")
            )
        if word in POINTS:
            basis = "basis" in words[start:place]
            return UnitWord("points", word, place + 1, 0.01 if basis else 1.0)
        if word in MONEY:
            return UnitWord("money", word, place + 1, 0.01 if word in CENTS else 1.0)
        if word in TIMES and (place + 1 >= len(words) or words[place + 1] not in PEOPLE):
            return UnitWord("duration", word, place + 1)  # but "80 thousand weekend people"
    return _counted(words, start)


def _counted(words: Sequence[str], start: int) -> UnitWord | None:
    """Return the people or things that are counted, up to four words on."""
    noun_at = None
    index, allowed = start, 4
    while index < min(len(words), start + allowed):
        word = words[index]
        if word in PEOPLE:
            return UnitWord("people", word, index + 1)
        if word in TIMES and index == start + 1:
            return UnitWord("duration", word, index + 1)  # "three hot weeks"
        following = words[index + 1] if index + 1 < len(words) else ""
        if word == "of" and following in _THE:
            if following == "them":
                return UnitWord("count", "", index + 2)
            index, allowed = index + 2, allowed + 2
            continue
        if word in ("more", "fewer", "less", "extra", "new", "or", "so") and index < start + 2:
            index, allowed = index + 1, allowed + 1
            continue
        if word in STOPS or word[0].isdigit() or word == "of" or word in FRACTIONS:
            break
        if noun_at is None and is_plural(word) and index < start + 3:
            noun_at = index
        index += 1
    return None if noun_at is None else UnitWord("count", words[noun_at], noun_at + 1)


_NO_PLURALS = word_set(
    "plus less was is this its us gas yes does has as thus perhaps always across focus "
    "bus minus versus business access process success progress loss class press unless gives gets "
    "goes makes takes comes means keeps saves says becomes needs sees pays costs brings leaves "
    "stays stands sits looks feels works helps lets wants turns moves drops falls rises climbs "
    "hits puts tells shows runs grows shrinks increases decreases sometimes upwards downwards"
)


def is_plural(word: str) -> bool:
    """Whether a word looks like things that can be counted."""
    return (
        len(word) > 3
        and word.endswith("s")
        and "'" not in word
        and word not in _NO_PLURALS
        and not word.endswith("ss")
    )
