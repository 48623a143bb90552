"""A new case of the user's own: a filled-in file to write over."""

from __future__ import annotations

import json
import os
from pathlib import Path

from vivavoce.domain.text import one_line
from vivavoce.errors import StorageError, UsageError
from vivavoce.locations import Locations, private_folder
from vivavoce.store.case_file import CASE_ID, parse_case
from vivavoce.store.case_library import shipped_cases

_TEMPLATE = """\
# A case of your own. It works as it stands; write over what is in quotes.
# Then:  vivavoce cases check   and   vivavoce practice @ID@

id = "@ID@"           # like the file's name
title = @TITLE@
round = "recommendation-case"  # or: phone-screen, technical, hiring-manager

# Spoken: 45 words at most, one question, no figures or signs ("thirty percent").
prompt = "Half of our new members never come to a second class. What would you try first?"

think_seconds = 45    # time to think; may be skipped
target_seconds = 120  # the length of a good answer
limit_seconds = 900   # so long without a pause for the panel is over-engineered
tags = ["my own"]

# Follow-up questions, each asked only when the answer lacks what its tag names:
# size, base, cause, test, cost, tool, why, cfo, long, stop, sure.
# 20 words at most. {tool} becomes the candidate's own word.
[[probes]]
tag = "size"
text = "Half becomes what, and how many people is that?"

[[probes]]
tag = "test"
text = "Who gets it, who doesn't, and for how long?"

[[probes]]
tag = "tool"
text = "You said {tool}. What does a new member notice on Monday?"

# Write a second [[variants]] with id = "b" for a second take: the same prompt, other figures,
# another cause, so that a memorised answer fails.
[[variants]]
id = "a"

# Shown after the answer: what in the table punishes the first idea.
twist = "Those who booked the second class at the door came back, but they may simply be keener."

# Three sentences: the problem, the change with a small test, the lift with its size.
model_answer = \"\"\"
Of 4,000 new members a month 2,000 never come to a second class, and three in four leave \\
the first without having booked it. For two weeks one studio in ten asks everybody at the \\
door: same time next week? I expect second visits to go from 50 to 54 percent, 160 people \\
a month, if a quarter more book and half of the gap is the booking's.\"\"\"

# The table: a baseline, a number of people, the thing that punishes the first idea.
# At most 5 rows, 56 characters wide.
[variants.exhibit]
columns = ["After the first class", "People", "Came again"]
rows = [
  ["Booked at the door", "1,000", "74 %"],
  ["Did not", "3,000", "42 %"],
  ["All", "4,000", "50 %"],
]
note = "New members a month. Came again within four weeks."

# Questions that fit these figures only.
[[variants.probes]]
tag = "cause"
text = "Does booking bring them back, or do the keen book?"
"""


def write_new_case(locations: Locations, case_id: str, title: str = "") -> Path:
    """Write a case to start from into the user's own cases, 0600, and return its file.

    Args:
        locations: Where the own cases are.
        case_id: Small letters, digits and hyphens, 64 at most; not a shipped case's.
        title: Empty for the id in words.

    Raises:
        UsageError: The id cannot be used or is taken.
        BadInputError: The title is too long.
        StorageError: The file cannot be written.
    """
    if not CASE_ID.fullmatch(case_id):
        raise UsageError(
            f"A case cannot be called {one_line(case_id)[:80]!r}.",
            "Use small letters, digits and hyphens, 64 at most: my-first-case.",
        )
    file = locations.own_cases / f"{case_id}.toml"
    if (shipped_cases() / file.name).exists():
        raise UsageError(f"vivavoce ships a case called {case_id}.", "Choose another name.")
    words = one_line(title) or case_id.replace("-", " ").strip().capitalize()[:48]
    # A JSON text is a TOML text: the same quotes and escapes.
    quoted = json.dumps(words, ensure_ascii=False)
    text = _TEMPLATE.replace("@ID@", case_id).replace("@TITLE@", quoted)
    parse_case(text, file.name)
    private_folder(locations.own_cases)
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise UsageError(f"{file} is there already.", "Edit it, or choose another name.") from None
    except OSError as error:
        raise StorageError(f"{file} cannot be written: {error.strerror}.") from error
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
            opened.write(text)
    except OSError as error:
        file.unlink(missing_ok=True)
        raise StorageError(
            f"{file} cannot be written: {error.strerror}.", "Free some space and try again."
        ) from error
    return file
