from __future__ import annotations

import json

from tests.attempts_made import CASE
from vivavoce.domain.case_json import case_from_dict, case_to_dict


def test_a_case_returns_from_json_unchanged() -> None:
    text = json.dumps(case_to_dict(CASE), allow_nan=False)
    assert case_from_dict(json.loads(text)) == CASE
