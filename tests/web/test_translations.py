"""Every word of the pages is there in every language, and says what the English says."""

import ast
import re
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.utils.translation import override

import peyman
from peyman.charter.moment import read_instant, show
from peyman.saying import Either, say, series
from peyman.web.locale.make import (
    LANGUAGES,
    STATES,
    as_text,
    catalogue,
    compiled,
    read,
    states,
    template,
)
from peyman.web.views.telling import naming
from peyman.web.views.telling.sentences import said

ROOMS = Path(peyman.__file__).parent
GAP = re.compile(r"%\([a-z_]+\)[sd]|\{[a-z_]*\}")
LETTERS = {"fa": re.compile("[\u0600-\u06ff]"), "ru": re.compile("[\u0400-\u04ff]")}
FOREIGN = {"fa": re.compile("[كي٤٥٦]"), "ru": re.compile("[ÃÐ]")}
"""What a Persian or a Russian text has none of: Arabic letters, bytes read wrongly."""


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request):
    return request.param


@pytest.fixture(scope="module")
def marked():
    """What the code marks now."""
    return {message.id: message for message in template() if message.id}


def forms(message):
    """The forms of a translation: one, or one for each plural."""
    is_many = isinstance(message.string, tuple)
    return message.string if is_many else (message.string,)


def unfinished(words):
    """The words of a catalogue that have no translation, or one that nobody looked at."""
    return [one.id for one in words if one.id and (one.fuzzy or not all(forms(one)))]


def test_no_word_is_missing_or_left_over_or_fuzzy(language, marked):
    words = {message.id for message in read(language) if message.id}
    assert words - marked.keys() == set()
    assert marked.keys() - words == set()
    assert unfinished(read(language)) == []


@pytest.mark.parametrize(
    ("pattern", "changed"),
    [
        (rb'(msgid "Standing"\nmsgstr )"[^"]+"', rb'\1""'),
        (rb'(msgid "Standing"\n)', rb"#, fuzzy\n\1"),
    ],
    ids=["missing", "fuzzy"],
)
def test_a_word_without_a_sure_translation_is_found(language, pattern, changed):
    text = re.sub(pattern, changed, catalogue(language).read_bytes())
    assert unfinished(read_po(BytesIO(text), locale=language)) == ["Standing"]


def test_what_django_reads_is_what_a_person_wrote(language):
    path = catalogue(language)
    assert path.read_bytes() == as_text(read(language))
    assert path.with_suffix(".mo").read_bytes() == compiled(read(language))


def test_every_gap_of_a_sentence_is_in_its_translation(language):
    for message in read(language):
        ids = (message.id,) if isinstance(message.id, str) else tuple(message.id)
        wanted = set(GAP.findall(ids[-1])) if message.id else set()
        for form in forms(message) if message.id else ():
            assert set(GAP.findall(form)) == wanted, message.id


def test_a_translation_is_in_the_letters_of_its_language(language):
    for message in read(language):
        for form in forms(message) if message.id else ():
            bare = GAP.sub("", form)
            if re.search("[A-Za-z]{4}", GAP.sub("", str(message.id))):
                assert LETTERS[language].search(bare), message.id
            assert not FOREIGN[language].search(bare), form


def test_the_names_of_states_are_those_that_the_cldr_gives():
    assert STATES.read_text(encoding="utf-8") == states()


@pytest.mark.parametrize(
    ("language", "name"), [("en", "Senegal"), ("fa", "سنگال"), ("ru", "Сенегал")]
)
def test_a_state_is_called_by_its_name_in_the_language_of_the_page(language, name):
    with override(language):
        assert naming.actor("SN") == name


@pytest.mark.parametrize(
    ("told", "name", "called"),
    [
        (naming.actor, "US-TN", "تنسی"),
        (naming.actor, "nato/council", "شورای آتلانتیک شمالی"),
        (naming.act, "emac.contract.bill", "صورت‌حساب"),
        (naming.matter, "ecowas.crisis", "بحران"),
        (naming.ground, "un/threat_to_the_peace", "تهدید صلح"),
        (naming.charter, "sadc", "جامعهٔ توسعهٔ جنوب آفریقا"),
        (naming.act, "club.loan.take_back", "take back"),
    ],
)
def test_what_a_charter_names_is_called_as_the_charter_has_it(told, name, called):
    with override("fa"):
        assert told(name) == called


def test_every_sentence_of_the_pure_rooms_can_be_collected():
    """A template that is put together as it is said would be in no catalogue."""
    for path in ROOMS.rglob("*.py"):
        text = path.read_text()
        if "from peyman.saying import" not in text:
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "say":
                assert isinstance(node.args[0], ast.Constant), (path, node.lineno)


def test_a_finding_is_said_in_persian_with_persian_names_and_digits():
    text = say(
        "adopted as announced by {actor}; no ballots are known", actor="csto/chair"
    )
    with override("fa"):
        assert "رئیس شورای امنیت جمعی" in said(text)
        assert not re.search("[A-Za-z]", said(text))


def test_what_stands_in_a_gap_is_named_by_its_kind():
    at = show(read_instant("2022-01-06T02:05Z"))
    text = say("owed by {at} because of {entry}", at=at, entry="e31")
    with override("en"):
        assert said(text, "Asia/Almaty") == (
            "owed by 6 January 2022, 08:05 Almaty (02:05 UTC) because of e31"
        )
    either = say(
        "{actor} may not; {other_actor} may",
        actor="RU",
        other_actor=Either(("KZ", "AM")),
    )
    with override("ru"):
        assert "Казахстан или Армения" in said(either)


def test_sentences_beside_each_other_are_each_translated():
    both = series(say("may have ended"), say("no entry shows it")) or ""
    with override("fa"):
        assert said(both).count("؛ ") == 1
        assert not re.search("[A-Za-z]", said(both))


def test_a_text_that_nobody_marked_stays_as_it_is():
    with override("fa"):
        assert said("Seen from the pass.") == "Seen from the pass."


def test_a_refusal_is_answered_in_the_language_of_the_page(client, live):
    answer = client.get("/fa/cases/live/", {"at": "soon"})
    assert answer.status_code == 400
    main = re.findall(r"<main.*?</main>", answer.content.decode(), re.DOTALL)[0]
    words = re.sub(r"<[^>]+>|soon", "", main)
    assert not re.search("[A-Za-z]{2}", words), words


def test_a_vote_that_is_open_is_not_called_the_opening_of_a_record():
    text = say("{outcome}: {sentence}", outcome="open", sentence=say("may have ended"))
    with override("en"):
        assert said(text) == "open: may have ended"
    with override("ru"):
        assert said(text).startswith("открыто: ")


def test_nobody_named_is_said_in_the_language_of_the_page():
    with override("fa"):
        text = said(say("{actor} may not; nobody may", actor="nobody named"))
        assert not re.search("[A-Za-z]", text)
