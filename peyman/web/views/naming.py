"""What the names of charters and the codes of a standing are called in the page's language.

A charter's own names (`assistance.request`, `csto/chair`) are translated here where a
worked case uses them. Any other name is shown as its charter writes it, without its dashes.
"""

import re
from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from peyman.picture.places import places
from peyman.web.written import isolate, number

_ACTS: Mapping[str, str | Promise] = {
    "csto.consultation.ask": _("request for consultation"),
    "csto.consultation.consult": _("consultation"),
    "csto.assistance.request": _("request for assistance"),
    "csto.assistance.consult": _("consultation on the request"),
    "csto.assistance.mandate": _("decision to send forces"),
    "csto.assistance.grant_other_help": _("decision on other help"),
    "csto.assistance.refuse": _("refusal of assistance"),
    "csto.assistance.notify": _("notice to the United Nations Security Council"),
    "csto.assistance.prolong": _("prolongation of the mandate"),
    "csto.assistance.name_commander": _("naming of the commander"),
    "csto.assistance.consent": _("consent to send a contingent"),
    "csto.assistance.deploy": _("deployment of a contingent"),
    "csto.assistance.ask_to_end": _("request to end the operation"),
    "csto.assistance.take_back_request": _("taking back of the request"),
    "csto.assistance.end": _("end of the operation"),
    "csto.assistance.order_withdrawal": _("order to withdraw"),
    "csto.assistance.withdraw": _("withdrawal of a contingent"),
    "csto.leaving.notice": _("notice of leaving"),
    "csto.leaving.recall": _("recall of the notice of leaving"),
    "csto.leaving.leave": _("leaving the treaty"),
    "csto.sanction.propose": _("proposal of a sanction"),
    "csto.sanction.suspend": _("suspension of a member"),
    "csto.sanction.restore": _("restoration of a member"),
    "csto.sanction.expel": _("expulsion of a member"),
    "csto.dues.fall_due": _("dues falling due"),
    "csto.dues.reach_two_years": _("two years of unpaid dues"),
    "csto.dues.lose_vote": _("loss of the vote"),
    "csto.dues.pay": _("payment of dues"),
    "kazakhstan.session.convene": _("convening of a session"),
    "kazakhstan.session.attend": _("attendance at a session"),
    "kazakhstan.session.decide": _("decision of a session"),
    "kazakhstan.operation.begin": _("beginning of a counter-terrorist operation"),
    "kazakhstan.operation.take_foreign_units": _("taking in of foreign units"),
    "kazakhstan.operation.end": _("end of the counter-terrorist operation"),
    "kazakhstan.emergency.declare": _("declaration of a state of emergency"),
    "kazakhstan.emergency.inform_parliament": _("informing of Parliament"),
    "kazakhstan.emergency.name_commandant": _("naming of a commandant"),
    "kazakhstan.emergency.prolong": _("prolongation of the state of emergency"),
    "kazakhstan.emergency.lift": _("lifting of the state of emergency"),
    "kazakhstan.abroad.ask": _("request for help from abroad"),
    "kazakhstan.abroad.ask_to_end": _("request that help from abroad end"),
}
_MATTERS: Mapping[str, str | Promise] = {
    "csto.consultation": _("Consultation"),
    "csto.assistance": _("Assistance"),
    "csto.leaving": _("Leaving the treaty"),
    "csto.sanction": _("Sanction"),
    "csto.dues": _("Dues"),
    "kazakhstan.session": _("Session of the Security Council"),
    "kazakhstan.operation": _("Counter-terrorist operation"),
    "kazakhstan.emergency": _("State of emergency"),
    "kazakhstan.abroad": _("Help from abroad"),
}
_CHARTERS: Mapping[str, str | Promise] = {
    "csto": _("Collective Security Treaty Organization"),
    "kazakhstan": _("Republic of Kazakhstan, national crisis law"),
}
_ACTORS: Mapping[str, str | Promise] = {
    "time": _("time"),
    "outside": _("somebody outside"),
    "member": _("the member"),
    "subject": _("the member concerned"),
    "vacant": _("vacant"),
    "all": _("all members"),
    "csto/council": _("Collective Security Council"),
    "csto/chair": _("Chair of the Collective Security Council"),
    "csto/defence_ministers": _("Council of Ministers of Defence"),
    "csto/secretary_general": _("Secretary-General of the CSTO"),
    "csto/un": _("United Nations Security Council"),
    "csto/president_of_the_security_council": _(
        "President of the United Nations Security Council"
    ),
    "csto/secretary_general_of_the_united_nations": _(
        "Secretary-General of the United Nations"
    ),
    "kazakhstan/security_council": _("Security Council of Kazakhstan"),
    "kazakhstan/parliament": _("Parliament of Kazakhstan"),
    "kazakhstan/president": _("President of Kazakhstan"),
    "kazakhstan/first_president": _("First President of Kazakhstan"),
    "kazakhstan/chair_of_the_security_council": _(
        "Chair of the Security Council of Kazakhstan"
    ),
    "kazakhstan/head_of_the_operational_headquarters": _(
        "Head of the Operational Headquarters of Kazakhstan"
    ),
    "kazakhstan/knb_chairman": _(
        "Chairman of the Committee of National Security of Kazakhstan"
    ),
    "kazakhstan/head_of_the_state_guard_service": _(
        "Head of the State Guard Service of Kazakhstan"
    ),
    "kazakhstan/commandant": _("Commandant, Kazakhstan"),
    "kazakhstan/prime_minister": _("Prime Minister of Kazakhstan"),
    "kazakhstan/speaker_of_the_senate": _("Speaker of the Senate of Kazakhstan"),
    "kazakhstan/speaker_of_the_lower_house": _(
        "Speaker of the lower house of Kazakhstan"
    ),
    "kazakhstan/first_deputy_prime_minister": _(
        "First Deputy Prime Minister of Kazakhstan"
    ),
    "kazakhstan/head_of_the_presidential_administration": _(
        "Head of the Presidential Administration of Kazakhstan"
    ),
    "kazakhstan/prosecutor_general": _("Prosecutor General of Kazakhstan"),
    "kazakhstan/minister_of_foreign_affairs": _(
        "Minister of Foreign Affairs of Kazakhstan"
    ),
    "kazakhstan/minister_of_defence": _("Minister of Defence of Kazakhstan"),
    "kazakhstan/minister_of_internal_affairs": _(
        "Minister of Internal Affairs of Kazakhstan"
    ),
    "kazakhstan/minister_of_emergencies": _("Minister of Emergencies of Kazakhstan"),
    "kazakhstan/ministry_of_defence": _("Ministry of Defence of Kazakhstan"),
    "kazakhstan/ministry_of_health": _("Ministry of Health of Kazakhstan"),
    "peyman/registrar": _("Registrar of this record"),
}
_GROUNDS: Mapping[str, str | Promise] = {
    "csto/threat": _("Threat to security"),
    "csto/aggression_by_a_state": _("Aggression by a state"),
    "csto/armed_attack": _("Armed attack (aggression)"),
    "csto/hostilities": _("Hostilities"),
    "kazakhstan/disruption": _("Disruption of the constitutional order"),
    "kazakhstan/act_of_terrorism": _("Act of terrorism"),
}
_CODES: Mapping[str, str | Promise] = {
    # findings
    "no provision": _("no provision"),
    "no such matter": _("no such matter"),
    "no power": _("no power"),
    "wrong addressee": _("wrong addressee"),
    "too early": _("too early"),
    "too late": _("too late"),
    "not open": _("not open"),
    "not carried": _("not carried"),
    "not shown": _("not shown"),
    "contested office": _("contested office"),
    "contested key": _("contested key"),
    "version unsure": _("version unsure"),
    "entered too late": _("entered too late"),
    "may be too early": _("may be too early"),
    "may be too late": _("may be too late"),
    "may be not open": _("may be not open"),
    "form": _("form"),
    "ground not named": _("ground not named"),
    "ground": _("ground"),
    "basis": _("basis"),
    "mode": _("mode"),
    "stranger": _("stranger"),
    "unspecified": _("unspecified"),
    "not read": _("not read"),
    "excess": _("excess"),
    "late": _("late"),
    "differs": _("differs"),
    "unmet limit": _("unmet limit"),
    "disputed limit": _("disputed limit"),
    "own case": _("own case"),
    "unchecked": _("unchecked"),
    # how surely an article was read, and how an entry is known
    "text": _("read in the text"),
    "secondary": _("read in a secondary source"),
    "memory": _("known from memory only"),
    "performed": _("performed here"),
    "documented": _("documented"),
    "reported": _("reported"),
    "planned": _("planned"),
    # kinds of entries
    "open": _("opening"),
    "key": _("key"),
    "adopt": _("adoption of a text"),
    "hold": _("holder of an office"),
    "source": _("source"),
    "claim": _("claim"),
    "grade": _("grade"),
    "status": _("status of a place"),
    "act": _("act"),
    "ballot": _("ballot"),
    "measure": _("measure"),
    "requirement": _("requirement"),
    "pledge": _("pledge"),
    "serial": _("movement"),
    "strength": _("strength"),
    "note": _("note"),
    "correct": _("correction"),
    "erase": _("erasure"),
    "release": _("release"),
    # forms and types of claims
    "assertion": _("assertion"),
    "quotation": _("quotation"),
    "announcement": _("announcement"),
    "denial": _("denial"),
    "narration": _("narration"),
    "headline": _("headline"),
    "notice": _("notice"),
    "decision": _("decision"),
    "civilian_harm": _("harm to civilians"),
    "facility_status": _("status of a facility"),
    "movement": _("movement"),
    "assertion_perpetrators": _("who is said to have done it"),
    "limit": _("limit of a mandate"),
    "office": _("who holds an office"),
    "session": _("session"),
    "legal_basis": _("legal basis"),
    "request": _("request"),
    "evaluation": _("evaluation"),
    "engagement": _("use of force"),
    "purpose": _("purpose"),
    # facts that an act states, states of pledges, ways to move
    "agenda": _("agenda"),
    "area": _("area"),
    "caveat": _("caveat"),
    "ceiling": _("ceiling"),
    "commander": _("commander"),
    "from": _("from"),
    "last day": _("last day"),
    "measures": _("measures"),
    "of whom": _("of whom"),
    "service": _("service"),
    "tasks": _("tasks"),
    "term": _("term"),
    "treaty": _("treaty"),
    "under which treaty": _("under which treaty"),
    "what": _("what"),
    "offered": _("offered"),
    "honoured": _("honoured"),
    "withdrawn": _("withdrawn"),
    "stood_down": _("stood down"),
    "air": _("air"),
    "road": _("road"),
    "rail": _("rail"),
    "in": _("in"),
    "out": _("out"),
    "yes": _("yes"),
    "no": _("no"),
    "abstain": _("abstains"),
    "present": _("present"),
    "its term": _("its term"),
    "a decision": _("a decision"),
    "a decision: no day is known": _("a decision: no day is known"),
    "no entry shows it": _("no entry shows it"),
    "not known: entries are not here": _("not known: entries are not here"),
    "may have ended": _("may have ended"),
    "at once is read as 24 hours": _("“at once” is read as 24 hours"),
    "nobody to send": _("nobody is bound to send"),
    "no number": _("no number"),
    "the city of Almaty": _("the city of Almaty"),
}


_OFFICE = re.compile(r"[a-z][a-z0-9_]*/[a-z][a-z0-9_]*")


def language() -> str:
    """The language of the page."""
    return (get_language() or "en")[:2]


def act(name: str) -> str:
    """An act by its full name: `csto.assistance.request`."""
    known = _ACTS.get(name)
    return str(known) if known else _plain(name.rpartition(".")[2])


def act_in(name: str, charters: Iterable[str]) -> str:
    """An act by its name in one of these charters: `assistance.request`."""
    full = (f"{one}.{name}" for one in charters)
    return act(next((one for one in full if one in _ACTS), name))


def matter(name: str) -> str:
    """A kind of matter: `csto.assistance`."""
    known = _MATTERS.get(name)
    return str(known) if known else _plain(name.rpartition(".")[2])


def charter(name: str, title: str = "") -> str:
    """A charter, by its id; `title` where it has no translation."""
    return str(_CHARTERS.get(name) or title or name)


def ground(name: str) -> str:
    """A ground: `csto/armed_attack`."""
    known = _GROUNDS.get(name)
    return str(known) if known else _plain(name.rpartition("/")[2])


def actor(name: str) -> str:
    """Who is said to act or speak: a member, an office, or a name from a source."""
    known = _ACTORS.get(name)
    if known:
        return str(known)
    state = places().get(name.lower()) if len(name) == 2 and name.isupper() else None
    if state:
        return state.names[language()][0]
    said = _plain(name.partition("/")[2]) if _is_office(name) else name
    return isolate(said) if language() == "fa" else said


def code(name: str) -> str:
    """A word of the standing or of a body; what has no translation stays as it is."""
    known = _CODES.get(name)
    return str(known) if known else name.replace("_", " ")


def note(text: str) -> str:
    """The note of a row: its parts, those that are ours translated."""
    return "; ".join(code(part) for part in text.split("; "))


def place(name: str) -> str:
    """A place by its id, in the page's language; else its id."""
    known = places().get(name)
    return known.names[language()][0] if known else name


def amount(told: str) -> str:
    """A count in words, as the standing has it: `150`, `70 to 100`, `at least 200`."""
    here = language()
    low, to, high = told.partition(" to ")
    if low.isdigit():
        ends = [number(int(low), here)] + ([number(int(high), here)] if to else [])
        return "–".join(ends)
    least = told.removeprefix("at least ")
    if least.isdigit():
        return gettext("at least %(n)s") % {"n": number(int(least), here)}
    most = told.removeprefix("at most ")
    if most.isdigit():
        return gettext("at most %(n)s") % {"n": number(int(most), here)}
    return code(told)


def _is_office(name: str) -> bool:
    return _OFFICE.fullmatch(name) is not None


def _plain(name: str) -> str:
    return name.replace("_", " ")
