"""Who speaks in a headline: "X: ...", and "... — X"."""

from peyman.picture.reading.attribution import Attribution, Part, trimmed, words_in

_LONGEST = 7


def in_headline(text: str, start: int, end: int) -> Attribution | None:
    """A headline that names its speaker before a colon or behind a dash, or None.

    Half as many words may stand behind a dash as before a colon.
    """
    colon = text.find(": ", start, end)
    if colon >= 0 and words_in(text, start, colon) <= _LONGEST:
        said = Part(*trimmed(text, colon + 1, end), "headline")
        return Attribution(trimmed(text, start, colon), (start, colon), (said,))
    dash = text.rfind(" — ", start, end)
    if dash >= 0 and words_in(text, dash + 2, end) <= _LONGEST // 2:
        said = Part(*trimmed(text, start, dash), "headline")
        return Attribution(trimmed(text, dash + 2, end), (dash, end), (said,))
    return None
