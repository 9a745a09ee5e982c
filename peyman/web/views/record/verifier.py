"""The page that checks a case file in the browser: one file, no network, three languages.

It may be kept on a disk. Its policy allows its own script and style by their digests, and
nothing else: no connection, no picture, no form. What it checks is in `js/verifier.js`.
"""

import base64
from functools import lru_cache
from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from peyman.web.surroundings import HERE

_FILES = HERE / "static" / "web"

WORDS = {
    # What is wrong: `verifier.js` gives the code.
    "stray": _("No case file has this file."),
    "settings": _("case.toml is missing, or does not say which log this is."),
    "head": _("It is not a signed head of a log."),
    "head-of-another": _("It is the head of another log than case.toml names."),
    "head-signature": _("It is not signed once by the key of the log, and truly."),
    "tile-stray": _("This is no tile of the log's size."),
    "tile-missing": _("This tile of the log is missing."),
    "tile-length": _("This tile does not hold what its name says."),
    "root": _("The leaves do not make the root that was signed."),
    "leaf-other": _("The root commits to another leaf."),
    "hash": _("A hash in this tile is false."),
    "leaf": _("Its leaf is not one of this format."),
    "twice": _("It stands in the log twice."),
    "backwards": _("It was entered before the entry ahead of it."),
    "envelope-other": _("No leaf here commits to this envelope."),
    "envelope": _("It is not an envelope of this format."),
    "envelope-stray": _("The log has no entry for this envelope."),
    "another-log": _("It is an entry of another log."),
    "open-first": _("The first entry, and no other, opens the case."),
    "open-missing": _("The entry that opens the case is not here."),
    "seen": _("It has seen a head that this log never had."),
    "cites": _("It cites what is no earlier entry."),
    "key-unknown": _("It is signed for {office} with a key that may not sign here."),
    "key-of-another": _("It is signed for {office} with the key of another office."),
    "key-not-allowed": _("{office} may not change this key."),
    "key-entry": _("It enters or ends a key wrongly."),
    "signature": _("The signature of {office} is false."),
    "file-missing": _("This file is bound by the log, and is missing."),
    "file-other": _("These are not the bytes that the log binds."),
    "file-unbound": _("No entry here binds this file."),
    "erased-here": _("It was erased, and is here."),
    "register-missing": _("The case names this register, and it is missing."),
    "register-unnamed": _("The case names no such register."),
    "register-other": _("It is not the register at the head that the case names."),
    # What is said around it.
    "working": _("Checking …"),
    "refused": _("Not genuine"),
    "first": _("The first entry that is wrong: {entry}"),
    "whole": _("Genuine, and whole"),
    "partial": _("Genuine, and not whole"),
    "here": _("{here} of {size} entries of {origin} are here."),
    "withheld": _("Not here: {entries}"),
    "erased": _("Erased: {entries}"),
    "register-partial": _("The register of {id} is not whole."),
    "absence": _("Nothing follows from what is not here."),
    "checked": _("What was checked"),
    "checked-bytes": _("Every file is bound by the log, and none is too many."),
    "checked-log": _("The log of {size} entries makes the root {root}."),
    "checked-head": _("The head is signed by the log key {key}."),
    "checked-signed": _("Entries signed for {office} with the key {key}: {n}"),
    "checked-register": _("The register of {id}, {size} entries, in the same way."),
    "not-checked": _("What was not checked"),
    "not-key": _("Whose these keys are: compare them with ones from elsewhere."),
    "not-meaning": _(
        "What the entries mean, and the rules of each kind (who may erase, correct or"
        " release; what a revocation makes doubtful): peyman verify checks them."
    ),
    "not-witness": _(
        "The signature of the witness {name}: peyman verify --trust does."
    ),
    "not-hour": _("When: each hour is by the keeper's word, the last is {last}."),
    "not-hour-witness": _(
        "When: the last hour is {last}; before you believe it, check the witnesses."
    ),
    "not-public": _(
        "Leaves are hidden: whether what is shown is what was released, peyman verify"
        " checks."
    ),
    "reconstructed": _(
        "Who signed: the case is reconstructed, its keys derive from a published seed"
        " and prove nothing about who."
    ),
    "no-ed25519": _(
        "This browser cannot check Ed25519 signatures: take a newer one, or peyman verify."
    ),
    "no-case": _("This is no case file: it has no checkpoint."),
    "no-zip": _("This is not the zip of a case file, or it was changed."),
    "broken": _("The file could not be read to its end. It counts as not genuine."),
}
"""Everything that the page says, by its code."""


@lru_cache(maxsize=1)
def parts() -> tuple[str, str, str]:
    """The script, the style, and the policy that allows these two alone."""
    names = ("js/verifier-bytes.js", "js/verifier.js", "js/verifier-page.js")
    # Each begins with its own "use strict"; as one script they share their names.
    script = "\n".join((_FILES / one).read_text(encoding="utf-8") for one in names)
    style = (_FILES / "css" / "verifier.css").read_text(encoding="utf-8")
    policy = (
        f"default-src 'none'; script-src '{_digest(script)}';"
        f" style-src '{_digest(style)}'; base-uri 'none'; form-action 'none'"
    )
    return script, style, policy


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(sha256(text.encode()).digest()).decode()


def verifier(request: HttpRequest) -> HttpResponse:
    """The page; whoever keeps it needs nothing else."""
    script, style, policy = parts()
    # Both are files of the package, and go in as they are: the policy has their digests.
    told = {
        "script": SafeString(f"<script>{script}</script>"),
        "style": SafeString(f"<style>{style}</style>"),
        "policy": policy,
    }
    words = {code: str(text) for code, text in WORDS.items()}
    answer = render(request, "web/verifier.html", {**told, "words": words})
    answer["Content-Security-Policy"] = f"{policy}; frame-ancestors 'none'"
    return answer


routes = [path("verifier/", verifier, name="verifier")]
