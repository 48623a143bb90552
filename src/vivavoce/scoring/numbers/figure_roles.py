"""What a number is for: a baseline, a target, a size, a slice of a test, or nothing of the kind."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vivavoce.scoring.lexicon import INTERNALS
from vivavoce.scoring.numbers.figure import Role
from vivavoce.scoring.numbers.figure_pairs import Pair
from vivavoce.scoring.numbers.number_words import LONG_TIMES
from vivavoce.scoring.numbers.refusals import is_denied, is_refused
from vivavoce.scoring.numbers.said import Said, SaidNumber
from vivavoce.scoring.numbers.slices import (
    EXPECTS,
    FOR_A_TIME,
    HEDGES,
    IS_BEFORE,
    is_count_slice,
    is_share_slice,
    is_stop_rule,
)
from vivavoce.scoring.numbers.tenses import FORECAST, is_forecast, is_now, is_past

_FOLLOWS = 30
"""Words within which a count follows from an effect: "..., that's about 40 thousand". Chosen."""
_INTERNALS = 3
"""Engineering words around a number that make it one of a model's. As for a lift in `slots`."""
_TECHNICAL = re.compile(
    r"\b(?:accuracy|recall|precision|error|auc|ndcg|f one|error rate|log loss|loss|mape|kappa|"
    r"overhead|percent power|power is|alpha|sigma|gamma|significance|significant|confidence|"
    r"interval|parameters|layers|epochs?|tokens?|dimensions?|dimensional|embeddings?|dropout|"
    r"learning rate|batch(?:es)?|gpus?|neurons|hidden|heads|cosine|similarity|threshold|latency|"
    r"milliseconds|ms|decibels|hertz|megabytes?|megs|mb|gb|bits|horizon|quantiles?|coverage|"
    r"correlated|correlation|draws|chains|samples|vectors?|clusters?|iterations|factor of|"
    r"weights?|rank|minimum detectable|bleu|perplexity|false positives?|false alarms?|servers?|"
    r"shards?|nodes?|edges|pixels?|lambda|epsilon|top k|billion one|model)\b"
)
_ENGINEERING = re.compile(
    r"\b(?:mask(?:ing|ed)|pre ?-?train\w*|bert\w*|corpus|tokeni\w+|graph|network|hash\w*|"
    r"detonate|prune|distil\w*|learning|rows|forecasts?er)\b"
)
_DOES = re.compile(
    r"\b(?:i|we)(?:'d| would| could| should) (?!expect|guess|go|bet|say|like|hope|see|get|be|have|"
    r"put|land|end|reach|hit|want|move|think|count|aim|call|probably)\w+"
)
_MOVES = re.compile(
    r"\b(?:falls?|goes?|going|rises?|drops?|climbs?|grows?|shrinks?|comes?|down|up)"
    r"(?: \S+){0,2} from\b"
)
_MORE = re.compile(r"(?<!or )\b(?:more|fewer|less|extra|additional)\b")
_CHANGE_AFTER = re.compile(
    r"^(?:or so |a \S+ )?(?:more|fewer|less|extra|additional|lower|higher|better|longer|shorter|"
    r"quicker|faster|cheaper|up|down|off|drop|lift|rise|increase|fall|reduction|gain|uplift|"
    r"decline|improvement|growth|bump|on top|as (?:many|much|often|long))\b"
)
_CHANGE_BEFORE = re.compile(
    r"\b(?:by|plus|minus|another|up|down|lift|drop|rise|gain|increase|reduction|cut|fall|adds?|"
    r"improves?|grows?|increases?|climbs?|drops?|falls?|rises?|uplift|losing|shrinks?|decline|"
    r"reduces?)" + HEDGES
)
_AIMED = re.compile(
    r"\b(?:to|at)(?: (?:about|around|maybe|like|roughly|some|over|almost|at|least))*$"
)
_NO_MOVE = re.compile(
    r"\b(?:(?:used|opened|started|played|bought|seen|read|taken|clicked|made|kept|booked|finished|"
    r"visited|watched) by|(?:turn(?:s|ed)?|makes?|made|topp?(?:s|ed)?|sign(?:s|ed)?|look(?:s|ed)?|"
    r"set|pick(?:s|ed)?|show(?:s|ed)?|open(?:s|ed)?) (?:up|down))" + HEDGES
)
_COMES_TO = re.compile(
    r"\b(?:that's|that is|that'd|that would|which is|which would|makes?|means?|comes?|so|keeps?|"
    r"saves?|wins?|worth|call it|bring|brings|rescues?|fills?|hold on to|hang on to|looking at|"
    r"gives?|get|money|extra|plus|spares?|recover|lose|losing|it's|it'd|is|or|about|and|maybe|"
    r"around|roughly|some|nearly|almost)" + HEDGES
)
_KEPT = re.compile(
    r"\b(?:saves?|wins?|win back|keeps?|hold on to|hang on to|rescues?|recover|extra|plus)" + HEDGES
)
_KEPT_AFTER = re.compile(r"(?:an? \S+ )?(?:that |who )?(?:we'd|we would|i'd) (?:keep|save|win)\b")
_HAVE_IT = re.compile(
    r"(?:have|has|see|sees|use|uses|open|opens|get|gets|hear|play|read) (?:it|the|that|this|them)\b"
)
_MORE_AFTER = re.compile(r"(?:or so )?(?:more|fewer|less|extra)\b")
_LET = re.compile(r"\b(?:let|give|show|add|offer|line up|choose)(?: \S+){0,4}$")
_WHOLE = re.compile(r"\bof(?: (?:our|the|about|all|those))*$")
_TO_BEFORE = re.compile(
    r"\b(?:to|reach|reaches|hits?|lands?|ends? up|become|becomes|aim for|target|be|want|expect|"
    r"hope for|see|look for|count on)" + HEDGES
)
_SUPPOSED = re.compile(r"\bif (?:that|it|we|they)(?: \S+){0,2}$")
_GIVES = re.compile(r"\b(?:gives|brings|gets|wins) us(?: \S+){0,2}$")
_OF_GAP = re.compile(
    r"^of (?:(?:the|that|this|what the) )?(?:whole )?(?:gap|way|difference|that|it|what)\b"
)
_TIMES = r"(?:year|month|week|quarter|day|season|summer|winter|night|hour)"
_EACH = re.compile(
    r"^(?:(?:a|per) (?:year|month|week) )?(?:each|apiece|a head|a piece)\b|^(?:per|a|an|for each|"
    rf"for every) (?!(?:{_TIMES}|couple|few|little|bit|lot|good|full)\b)[a-z]+"
)
_EACH_BEFORE = re.compile(
    r"\b(?:each|every|one|per \S+)(?: \S+){0,3} (?:is|are|worth|costs?|brings?|pays?|makes|earns|"
    r"spares|saves?)(?: (?:us|about|around|like|maybe|roughly|at)){0,2}$|\b(?:each|everyone)'s$|"
    r"^an? \S+ (?:costs|is worth|brings|saves)(?: us)?$"
)
_PERIOD = re.compile(rf"^(?:a|per|each|every) {_TIMES}\b|^(?:more|less|extra)\b")
_LIMIT = re.compile(r"\b(?:below|under|over|above|than|up to|within)$")


def roles_of(said: Said, pairs: Sequence[Pair]) -> list[Role]:
    """Return what each number is for, in order."""
    told: dict[int, Role] = {}
    for pair in pairs:
        ends = (pair.baseline, pair.target)
        if any(_is_technical(said, index) or _is_design(said, index) for index in ends):
            told |= dict.fromkeys(ends, "other")
            continue
        told[pair.baseline] = "past result" if pair.past else "baseline"
        told[pair.target] = "past result" if pair.past else "target"
    roles: list[Role] = []
    effect: SaidNumber | None = None
    for index, number in enumerate(said.numbers):
        role = told.get(index)
        if role is None or is_refused(said, index):
            role = _role(said, index, _words_since(said, effect, number))
        if role == "target" or (role == "change" and number.unit not in ("money", "people")):
            effect = number
        roles.append(role)
    return roles


def _words_since(said: Said, effect: SaidNumber | None, number: SaidNumber) -> int:
    """Return how many words after an effect a number stands; many where that was long ago."""
    if effect is None or effect.sentence + 1 < number.sentence:
        return 2 * _FOLLOWS
    words = number.first - effect.last
    stopped = re.search(r"[.!?]\s", said.text[effect.end : number.start])
    return max(words, 4) if stopped else words


def _role(said: Said, index: int, since_effect: int) -> Role:
    """Return what a number is for, from–tos apart."""
    number = said.numbers[index]
    if is_refused(said, index) or is_denied(said, index):
        return "other" if number.label else "refused"
    if number.label or _is_technical(said, index) or is_stop_rule(said, index):
        return "other"
    if number.unit == "duration":
        return _of_duration(said, index)
    if number.unit == "money":
        return _of_money(said, index)
    if number.unit in ("percent", "points", "ratio"):
        return _of_share(said, index)
    return _of_count(said, index, since_effect)


def _is_technical(said: Said, index: int) -> bool:
    words = f"{said.before(index, 4)} {said.within(index)} {said.after(index, 3)}"
    around = said.around(index)
    internals = len(INTERNALS.findall(around)) + len(_ENGINEERING.findall(around))
    return bool(_TECHNICAL.search(words)) or internals >= _INTERNALS


def _is_design(said: Said, index: int) -> bool:
    """Whether a from–to tells the change itself: "for two weeks they get ten songs, not thirty"."""
    number, lead = said.numbers[index], said.lead(index, 8)
    sentence = said.sentence(index)
    if number.unit in ("percent", "ratio") or EXPECTS.search(sentence) or _MOVES.search(lead):
        return False
    return bool(FOR_A_TIME.search(sentence) or _DOES.search(lead))


def _of_duration(said: Said, index: int) -> Role:
    ahead = is_forecast(said.lead(index, 12))
    if ahead and re.match(r"(?:sooner|earlier|faster|quicker|shorter)\b", said.after(index)):
        return "change"
    if re.search(
        r"\b(?:wait|time) (?:\S+ ){0,3}(?:down to|falls to)(?: \S+)?$", said.before(index)
    ):
        return "target"
    if said.numbers[index].noun in LONG_TIMES:
        return "duration"
    if re.match(r"(?:less|more|fewer|longer|sooner|earlier|faster|shorter)\b", said.after(index)):
        return "change" if ahead else "other"
    return "baseline" if is_now(said, index) else "duration"


def _of_money(said: Said, index: int) -> Role:
    number, before, after = said.numbers[index], said.before(index), said.after(index)
    if re.search(r"\bcosts?(?: about)?$", before):
        return "other"  # what a licence costs is no effect
    if number.scale == 1 and number.value < 1000:
        if not _LIMIT.search(before) and (_EACH.match(after) or _EACH_BEFORE.search(before)):
            return "value of one"
        if not (_PERIOD.match(after) and _COMES_TO.search(before)):
            return "other"
    return "past result" if is_past(said, index) else "change"


def _of_share(said: Said, index: int) -> Role:
    number, before, after = said.numbers[index], said.before(index), said.after(index)
    if number.high != number.value and before.endswith("between") and not is_forecast(before):
        return "other"
    if number.unit == "ratio" and (_OF_GAP.match(after) or before.endswith("if")):
        return "other"
    if number.unit == "points" and re.match(r"(?:scale|system|plan|list)\b", after):
        return "other"
    if number.noun == "times":
        return "change" if is_forecast(said.lead(index, 12)) else "other"
    more = number.unit == "points" or bool(_MORE.search(said.within(index)))
    if is_now(said, index) and not more:
        return "baseline"
    past = is_past(said, index)
    if _is_price_or_limit(said, index):
        return "other"
    if more or _CHANGE_AFTER.match(after) or _is_moved_by(said, index):
        return "past result" if past else "change"
    if is_share_slice(said, index):
        return "slice"
    if past:
        return "past result"
    return "target" if _is_ahead(said, index) else "baseline"


def _is_price_or_limit(said: Said, index: int) -> bool:
    """Whether a percentage is part of the change: "pay 15 percent more", "under 20 percent"."""
    before = said.before(index)
    if said.numbers[index].unit != "percent":
        return False
    return bool(re.search(r"\b(?:pay|charge|knock|under|below|above)(?: them| us)?$", before))


def _is_moved_by(said: Said, index: int) -> bool:
    """Whether a word of movement leads to a size: "up by 5 percent", not "topped up, 5 percent"."""
    before = said.before(index)
    moves = _CHANGE_BEFORE.search(before) and not _NO_MOVE.search(before)
    return bool(moves and not _AIMED.search(before) and said.is_joined(index))


def _is_ahead(said: Said, index: int) -> bool:
    """Whether a share is told as what is to come."""
    before, after = said.before(index), said.after(index)
    if _SUPPOSED.search(before) or _GIVES.search(before):
        return True
    near = " ".join(before.split()[-5:])
    if IS_BEFORE.search(before) and not FORECAST.search(near):
        return False
    if not is_forecast(said.lead(index, 14)) and not is_forecast(after):
        return False
    return bool(_TO_BEFORE.search(before)) or is_forecast(f"{near} | {' '.join(after.split()[:5])}")


def _of_count(said: Said, index: int, since_effect: int) -> Role:
    number, before, after = said.numbers[index], said.before(index), said.after(index)
    past = is_past(said, index)
    if _MORE.search(said.within(index)) or _MORE_AFTER.match(after):
        if number.value < 10 and (_DOES.search(said.lead(index, 8)) or _LET.search(before)):
            return "other"  # "let me line up three more songs"
        return "past result" if past else "change"
    if is_count_slice(said, index):
        return "slice"
    named = not number.bare or number.scale > 1
    if named and (number.value >= 100 or number.scale > 1):
        if _is_effect(said, index, since_effect):
            return "change"
        if number.unit == "people" or number.value >= 1000:
            return "past result" if past else "reach"
    if number.bare and is_now(said, index) and not past:
        return "baseline"
    return "other"


def _is_effect(said: Said, index: int, since_effect: int) -> bool:
    """Whether a crowd follows from an effect: "from 405 to 430 thousand, 25 thousand people"."""
    before, after = said.before(index), said.after(index)
    if _WHOLE.search(before) or _HAVE_IT.match(after):
        return False
    if since_effect <= 3 and not re.search(r"\b(?:in|of|on|for|with)\b", before):
        return True
    if since_effect <= 8 and not said.is_joined(index):
        return True
    if _KEPT_AFTER.match(after):
        return True
    return bool(_COMES_TO.search(before) and (since_effect <= _FOLLOWS or _KEPT.search(before)))
