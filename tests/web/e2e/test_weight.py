"""What a first visit loads, and what it waits for, in a browser that has been nowhere."""

import pytest

MOST_BYTES = 150_000
MAP = "cases/kazakhstan-2022/map/"
PAGES = (
    "",
    *(
        f"cases/kazakhstan-2022/{one}"
        for one in ("", "standing/", "claims/", "entries/")
    ),
    MAP,
    "charters/",
    "charters/csto/",
    "charters/ecowas/graph/",
)
LOADED = """async () => {
    await document.fonts.ready;
    const kinds = ["navigation", "resource"];
    const found = kinds.flatMap((kind) => performance.getEntriesByType(kind));
    return found.map((one) => [one.name, one.transferSize, one.renderBlockingStatus]);
}"""


def visit(person, path):
    """What was loaded: address, bytes on the way, whether it holds up the first paint."""
    visitor = person()
    visitor.page.goto(visitor.served.address + path, wait_until="networkidle")
    loaded = visitor.page.evaluate(LOADED)
    elsewhere = [
        one for one, *_ in loaded if not one.startswith(visitor.served.address)
    ]
    assert elsewhere == []
    return loaded


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["en", "fa", "ru"])
def test_a_first_visit_with_its_fonts_weighs_at_most_150_kb(person, language, path):
    loaded = visit(person, f"/{language}/{path}")
    assert [one for one, *_ in loaded if one.endswith(".woff2")]
    assert sum(size for _, size, _ in loaded) <= MOST_BYTES


def test_nothing_but_our_own_sheets_holds_up_the_first_paint(person):
    loaded = visit(person, f"/en/{MAP}")
    holding = [one for one, _, status in loaded if status == "blocking"]
    assert len(holding) == 3
    assert all(one.endswith(".css") for one in holding)
    assert [one for one, *_ in loaded if one.endswith(".js")]
