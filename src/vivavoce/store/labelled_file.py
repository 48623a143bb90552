"""Files of labelled answers."""

from __future__ import annotations

from pathlib import Path

from vivavoce.errors import BadInputError, NotFoundError
from vivavoce.scoring.labelled import LabelledAnswer, parse_labelled


def read_labelled(file: Path) -> list[LabelledAnswer]:
    """Return the labelled answers of a file, one JSON object a line.

    Raises:
        NotFoundError: There is no such file.
        BadInputError: It cannot be read, a line is not a labelled answer, or there is none.
    """
    try:
        text = file.read_text("utf-8-sig")
    except FileNotFoundError:
        raise NotFoundError(f"There is no file {file}.", "Check the path.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise BadInputError(
            f"{file} cannot be read as UTF-8 text.", "Name a file with one answer a line."
        ) from error
    return parse_labelled(text, str(file))
