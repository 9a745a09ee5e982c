"""Every word that the drawings themselves may write, in English: the catalogues' list.

A test asks each drawing for its words and finds all of them here. Names of places come from
`peyman.picture.places`; what a source says is shown as it says it.
"""


def _(word: str) -> str:
    """Mark a word for the catalogues; `Language.words` turns it."""
    return word


STATUS_WORDS = (
    _("seized"),
    _("freed"),
    _("guarded"),
    _("closed"),
    _("open"),
    _("other status"),
    _("contested: {one} or {other}"),
    _("contested: both are claimed"),
)
VOTE_WORDS = (
    _("voted yes"),
    _("voted no"),
    _("abstained"),
    _("present, takes no part"),
    _("absent"),
    _("ballot not known"),
)
CLAIM_WORDS = (
    _("held"),
    _("corroborated"),
    _("disputed"),
    _("withdrawn"),
    _("deleted"),
    _("corrected later"),
)
KIND_WORDS = (
    _("act"),
    _("measure"),
    _("status of a place"),
    _("movement"),
    _("strength or pledge"),
    _("claim"),
    _("grade"),
    _("deleted, withdrawn or corrected"),
    _("keeping of the record"),
    _("performed"),
    _("documented"),
    _("reported"),
    _("planned"),
)
UNIT_WORDS = (
    _("people"),
    _("flights"),
    _("aircraft"),
    _("vehicles"),
    _("facilities"),
    _("days"),
    _("{n} km"),
    _("{n} or more"),
    _("not known"),
    _("no number"),
)
MAP_WORDS = (
    _("Facilities and movements"),
    _("Places with a status: {places}. Movements: {movements}. As of {moment}."),
    _("What is said of places"),
    _("Place"),
    _("Status"),
    _("As it is said"),
    _("Since"),
    _("Movements"),
    _("Origin"),
    _("Destination"),
    _("Means"),
    _("How many"),
    _("{origin} to {destination}"),
    _("movement in"),
    _("movement out"),
    _("by air"),
    _("by road"),
    _("by rail"),
    _("all members"),
    _("a country, the place is not told"),
    _(
        "Borders are drawn after Natural Earth, for orientation alone; they say nothing of "
        "anybody's claims. Dashed lines are not settled."
    ),
    _(
        "Of some movements no number is told. Flights are journeys and aircraft are "
        "machines: one is never turned into the other."
    ),
)
TIMELINE_WORDS = (
    _("Timeline"),
    _("Acts"),
    _("Places"),
    _("Force"),
    _("Claims"),
    _("Grades"),
    _("{kinds}. Days with entries: {days}."),
    _("time not known"),
    _("some time between: the hour is not certain"),
)
STRENGTH_WORDS = (
    _("Strength and movements by day"),
    _(
        "Members: {members}. Statements of strength: {statements}. Movements: {serials}."
    ),
    _("Strength as it was told"),
    _("on the ground"),
    _("pledged"),
    _("as claimed"),
    _("from the least to the most"),
    _("Movements by day"),
    _("Movements in"),
    _("Movements out"),
    _("one aircraft"),
    _("one flight"),
    _("no number is told"),
)
FILLING_WORDS = (
    _("Requirement lines, as far as they are covered"),
    _("Lines: {n}. Covered: {covered}."),
    _("Requirement lines"),
    _("{n} of {whole}"),
    _("Line"),
    _("Priority"),
    _("Covered"),
    _("Members"),
    _("nobody"),
    _("covered"),
)
PLAN_WORDS = (
    _("Serials by aircraft"),
    _("Ramps by airfield"),
    _("Serials: {n}. Lanes: {lanes}."),
    _("empty"),
    _("kg"),
    _("Serial"),
    _("Aircraft"),
    _("Leaves"),
    _("Unloaded"),
    _("Load"),
    _("Serials"),
    _("worked on"),
    _("on its way or loading"),
    _("Members: {members}. People in the end: {n}."),
    _("Strength on the ground, as planned"),
)
OUTLOOK_WORDS = (
    _("By when the movement has closed"),
    _("Replications: {n}. Closed by {at} in 95 percent."),
    _("Replications"),
    _("Closed by"),
    _("undisturbed"),
    _("{n} %"),
)
CLOSING_WORDS = (
    _("How far from proven best, over time"),
    _("Seconds: {seconds}. Times that something better was told: {n}."),
    _("Seconds"),
    _("{n} seconds"),
    _("undelivered"),
    _("lateness"),
    _("closure"),
    _("lift"),
)
SERIES_WORDS = (
    _("Told: {n}. Deleted or withdrawn: {gone}. The last is {last}."),
    _("Number"),
    _("Of what"),
    _("Corrected by"),
)
CLOCK_WORDS = (
    _("The mandate's clock"),
    _("The mandate"),
    _("From {moment}. {until}. Deadlines: {n}."),
    _("Ended {moment}"),
    _("In force until {moment}"),
    _("In force; no end day is known"),
    _("How it stands"),
    _("in force"),
    _("in force until"),
    _("late"),
    _("may be late"),
    _("owed"),
    _("waits"),
    _("no entry shows it"),
    _("not known: entries are not here"),
    _("no end day is known"),
    _("falls due"),
    _("its day has passed"),
    _("some time between: not certain"),
    _("as of"),
)
TALLY_WORDS = (
    _("The vote"),
    _("No ballots are known."),
    _("Adopted as announced by {who}."),
    _("Of {n} with a vote: {counted}."),
    _("The decision is adopted."),
    _("The decision is rejected."),
    _("There was no quorum: nothing is decided."),
    _("The outcome is not shown."),
    _("The arithmetic"),
    _("Sum"),
)
GRAPH_WORDS = (
    _("only after the other is done"),
    _("only while the other is in force"),
    _("begins a matter"),
    _("owed because of the other"),
    _("done by time, once the clock of the other has run out"),
    _("ended by the other"),
    _("changed by the other"),
    _("owed no longer, because of the other"),
    _("no longer possible after the other"),
    _("decided by a vote"),
    _("done in the world"),
    _("done by time"),
    _("of another kind of matter"),
    _("{n} acts and {k} relations between them; the list says the same."),
)
TABLE_WORDS = (
    _("Member"),
    _("When"),
    _("Kind"),
    _("What"),
    _("Who"),
    _("Who says so"),
    _("Grade"),
    _("Claim"),
    _("Note"),
    _("Direction"),
    _("Types"),
    _("People"),
    _("Vote"),
    _("Known as"),
)

WORDS = frozenset(
    (
        *STATUS_WORDS,
        *VOTE_WORDS,
        *CLAIM_WORDS,
        *KIND_WORDS,
        *UNIT_WORDS,
        *MAP_WORDS,
        *TIMELINE_WORDS,
        *STRENGTH_WORDS,
        *FILLING_WORDS,
        *PLAN_WORDS,
        *OUTLOOK_WORDS,
        *CLOSING_WORDS,
        *SERIES_WORDS,
        *CLOCK_WORDS,
        *TALLY_WORDS,
        *GRAPH_WORDS,
        *TABLE_WORDS,
    )
)
"""All of them."""
