"""What the fields of an entry's body are called on its page.

A field may have the name of a kind or of a finding (`status`, `text`, `serial`): here it is
called by what it holds. A name that is not here is data of the entry: a fact, a type of
aircraft, an article.
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from peyman.web.views import naming
from peyman.web.views.names import GROUNDS
from peyman.web.written import digits

LABELS: Mapping[str, str | Promise] = {
    "abstract": _("summary in our own words"),
    "act": _("act"),
    "acts": _("acts"),
    "address": _("address"),
    "aircraft": _("aircraft"),
    "alg": _("algorithm"),
    "anchor": _("reckoned from"),
    "announced_by": _("announced by"),
    "area": _("area"),
    "arrive": _("arrival"),
    "at_place": _("place"),
    "author": _("author"),
    "authority": _("authority"),
    "ballots": _("ballots"),
    "basis": _("basis"),
    "by": _("by"),
    "bytes": _("bytes"),
    "capabilities": _("capabilities"),
    "capability": _("capability"),
    "case": _("digest of the settings"),
    "caveats": _("caveats"),
    "charters": _("charters"),
    "claim": _("claim"),
    "claims": _("claims"),
    "clock": _("clock"),
    "credibility": _("credibility of the words"),
    "depart": _("departure"),
    "digest": _("digest"),
    "direction": _("direction"),
    "do": _("what is done"),
    "during": _("during"),
    "entries": _("entries"),
    "entry": _("entry"),
    "expires": _("expires"),
    "expression": _("words that say the time"),
    "facility": _("status of a place"),
    "figures": _("figures"),
    "files": _("files"),
    "flights": _("flights"),
    "form": _("form"),
    "from": _("from"),
    "grounds": _("grounds"),
    "high": _("at most"),
    "holder": _("holder"),
    "id": _("name"),
    "indexes": _("indexes"),
    "item": _("what is counted"),
    "key": _("key"),
    "keys": _("keys"),
    "kinds": _("kinds"),
    "kinds_not_shown": _("kinds not shown"),
    "language": _("language"),
    "lift": _("aircraft that it brings"),
    "line": _("what is needed"),
    "low": _("at least"),
    "matter": _("matter"),
    "may_add_keys": _("who may add keys"),
    "media_type": _("media type"),
    "member": _("member"),
    "mode": _("how"),
    "not_for": _("ruled out by a caveat"),
    "note": _("note"),
    "office": _("office"),
    "origin": _("log"),
    "outcome": _("outcome"),
    "outsize": _("wide vehicles"),
    "package": _("package"),
    "people": _("people"),
    "place": _("place"),
    "places": _("places"),
    "planned": _("carries out"),
    "pledge": _("name of the pledge"),
    "priority": _("priority"),
    "proposal": _("proposal"),
    "public": _("public key"),
    "published": _("published"),
    "publisher": _("publisher"),
    "quantity": _("how many"),
    "reader": _("reader of reports"),
    "ready": _("ready"),
    "reason": _("reason"),
    "received": _("received"),
    "registers": _("registers"),
    "reliability": _("reliability of the source"),
    "required": _("by when"),
    "revises": _("revises"),
    "ripens": _("takes effect with"),
    "root": _("root"),
    "says": _("says"),
    "scope": _("of what"),
    "serial": _("serial"),
    "since": _("since"),
    "size": _("size"),
    "source": _("source"),
    "span": _("place in the source"),
    "speakers": _("speakers"),
    "start": _("first character"),
    "end": _("character after the last"),
    "state": _("state"),
    "states": _("what it states"),
    "status": _("status"),
    "subject": _("member concerned"),
    "successor": _("what stands in its place"),
    "tail": _("registration"),
    "task": _("task"),
    "text": _("words"),
    "time": _("time"),
    "title": _("title"),
    "to": _("to"),
    "tonnes": _("tonnes"),
    "type": _("type"),
    "types": _("types"),
    "tzdata": _("time zones"),
    "under": _("under"),
    "unit": _("unit"),
    "unless": _("unless"),
    "until": _("until"),
    "value": _("value"),
    "value_from": _("value from"),
    "vehicles": _("vehicles"),
    "vote": _("vote"),
    "what": _("what"),
    "where": _("where"),
    "words": _("words"),
}


def label(name: str) -> str:
    """A field of a body, in the language of the page; other names as `naming.code`.

    Under `grounds` the name of a ground stands without its charter.
    """
    if name.isdigit():
        return digits(name, naming.language())
    grounds = (said for ground, said in GROUNDS.items() if ground.endswith(f"/{name}"))
    known = LABELS.get(name) or next(grounds, None)
    return str(known) if known else naming.code(name)
