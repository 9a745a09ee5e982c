"""All rows but the record's are projections: drop them, fill them again, nothing differs."""

import json

import pytest
from django.core import serializers
from django.core.management import call_command

from peyman.web import demo
from peyman.web.models import CaseRow, ClaimRow, EntryRow
from peyman.web.records import projections, record
from tests.web.test_record import act, note, source

ROWS = (CaseRow, EntryRow, ClaimRow)


def everything():
    """All rows, without the numbers that the database gives them."""
    return [
        {**row["fields"], "model": row["model"]}
        for model in ROWS
        for row in json.loads(
            serializers.serialize("json", model.objects.order_by("case_id", "pk"))
        )
    ]


def entries():
    draft, files = source()
    record.enter(demo.SLUG, act(), "KZ")
    name = record.enter(demo.SLUG, draft, demo.REGISTRAR, files).receipt.commitment
    record.enter(demo.SLUG, note("Замечание", [name]), "RU")


def test_a_rebuild_comes_to_what_entering_made(worked, live):
    entries()
    before = everything()
    assert projections.rebuild() == 7  # those that come with Peyman, and the live one
    assert everything() == before
    assert len(before) > 300


@pytest.mark.parametrize("model", ROWS)
def test_what_is_lost_comes_back(worked, live, model):
    before = everything()
    model.objects.all().delete()
    projections.rebuild()
    assert everything() == before


def test_a_row_that_no_entry_made_goes(live):
    before = everything()
    EntryRow.objects.create(
        case=live, index=999, kind="note", known_as="reported", entered=0
    )
    projections.rebuild()
    assert everything() == before


def test_the_row_of_a_case_says_what_the_list_shows(worked):
    row = worked.row
    assert row.title("fa") == "قزاقستان، ژانویهٔ ۲۰۲۲"
    assert row.title("xx") == "Kazakhstan, January 2022"
    assert (row.kept, row.register, row.charters) == (
        "reconstructed",
        "",
        ["csto", "kazakhstan"],
    )
    assert row.size == worked.size


def test_claims_carry_the_last_speaker_and_how_far_they_are_held(worked):
    row = ClaimRow.objects.filter(case=worked).exclude(status="").first()
    assert row is not None
    assert row.speaker
    assert row.source is not None


def test_words_are_found_however_they_are_typed(live):
    draft, files = source("گزارش: نيروهاي كمكي".encode())
    record.enter(demo.SLUG, draft, demo.REGISTRAR, files)
    asked = projections.searchable("نیروهای کمکی")
    assert EntryRow.objects.filter(words__contains=asked).count() == 1


def test_no_change_of_a_table_lacks_its_migration(db):
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=0)
