"""Persian verbs: the finite forms that a clause can end in, from a short list of stems.

Persian puts the verb last, so a finite verb is what tells where a clause ends. Forms
are made, not listed: past, perfect, present, subjunctive, future and their negatives.
"""

import re
from functools import cache

_LIGHT = {
    "کرد": "کن", "نمود": "نما", "شد": "شو", "داد": "ده", "گرفت": "گیر", "داشت": "دار",
    "یافت": "یاب", "ساخت": "ساز", "زد": "زن", "خورد": "خور", "گردید": "گرد",
}  # fmt: skip
"""Past stem to present stem; of these the bare subjunctive is used in compounds."""

_FULL = {
    "گفت": "گوی", "آمد": "آی", "رفت": "رو", "رسید": "رس", "دید": "بین",
    "نوشت": "نویس", "افزود": "افزای", "دانست": "دان", "توانست": "توان", "برد": "بر",
    "خواست": "خواه", "ماند": "مان", "پرداخت": "پرداز", "گذاشت": "گذار", "آورد": "آور",
    "پیوست": "پیوند", "پذیرفت": "پذیر", "افتاد": "افت", "گشت": "گرد", "بست": "بند",
    "کشت": "کش", "فرستاد": "فرست", "شنید": "شنو", "ایستاد": "ایست", "پرسید": "پرس",
    "خواند": "خوان", "کوشید": "کوش", "گذشت": "گذر", "شکست": "شکن", "گریخت": "گریز",
}  # fmt: skip

_PERSON = "(?:م|یم|ید|ند)"
_NOT = "(?:ن)?"
_FOLLOWED = r"(?=\s*(?:$|[،,.؛:!؟]|(?:و|تا|که|بلکه|اما)(?!\w)))"


def _forms(past: str, present: str, *, light: bool) -> str:
    perfect = f"{_NOT}{past}ه"
    stem = f"{present[:-1]}[{present[-1]}ئی]?" if present.endswith("ی") else present
    parts = [
        f"(?:ن?می ?)?{_NOT}{past}{_PERSON}?",
        f"{perfect} ?(?:ام|ای|است|ایم|اید|اند|بود(?:م|ی|یم|ید|ند)?|باش(?:د|ند))",
        f"{perfect}{_FOLLOWED}",
        f"ن?می ?{stem}(?:م|د|یم|ید|ند)",
        f"[بن]ی?{stem}(?:م|د|یم|ید|ند)",
        f"ن?خواه(?:م|ی|د|یم|ید|ند) {past}",
    ]
    if light:
        parts.append(f"{stem}(?:م|د|یم|ید|ند)")
    return "|".join(parts)


_BE = (
    r"است|نیست(?:م|ی|یم|ید|ند)?|هست(?:م|ی|یم|ید|ند)?|ن?بود(?:م|ی|یم|ید|ند)?"
    r"|ن?می ?باش(?:م|ی|د|یم|ید|ند)|(?:ن|ب)?باش(?:م|ی|د|یم|ید|ند)"
    r"|ن?دار(?:م|ی|د|یم|ید|ند)|ن?خواه(?:م|ی|د|یم|ید|ند) بود|ن?بوده(?: است| اند)"
    rf"|ن?بوده{_FOLLOWED}|ن?شده{_FOLLOWED}|ن?خواه(?:م|ی|د|یم|ید|ند) داشت"
    r"|(?:مشغول|خواستار|آماده|نگران|معتقد|قادر|موظف|حاضر|مصمم|مطمئن|مدعی)"
    r"(?:م|یم|ید|ند| ?ا(?:م|ند|یم))"
)


@cache
def finite() -> "re.Pattern[str]":
    """A pattern for a finite verb with its auxiliary; made when first needed."""
    forms = [
        _BE,
        *(_forms(past, now, light=True) for past, now in _LIGHT.items()),
        *(_forms(past, now, light=False) for past, now in _FULL.items()),
    ]
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)(?! ?و ?گو)")


def third_person(verb: str) -> str:
    """A pattern for a verb of saying as a reporter uses it: he said, they have said.

    >>> bool(re.fullmatch(third_person("اعلام کرد"), "اعلام می کنند"))
    True
    >>> bool(re.fullmatch(third_person("گفت"), "گفتم"))
    False
    """
    *before, past = verb.split(" ")
    head = "".join(word + " ?" for word in before)
    if past == "است":
        return head + "(?:است|اند|بود|بودند)"
    present = (_LIGHT | _FULL).get(past)
    forms = [
        f"{past}(?:ند)?",
        f"{past}ه(?: ?(?:است|اند|بود|بودند)|(?= ?که(?!\\w)|$))",
        f"می ?{past}(?:ند)?",
    ]
    if present:
        stem = f"{present[:-1]}[یئ]?" if present.endswith("ی") else present
        forms.append(f"می ?{stem}(?:د|ند)")
    return head + "(?:" + "|".join(forms) + ")"
