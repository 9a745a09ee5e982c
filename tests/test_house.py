"""The promises of the house as a whole; what a room promises is tested in its room."""

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
PINS = dict(
    line.partition("==")[::2]
    for line in (ROOT / "requirements.lock").read_text().splitlines()
    if not line.startswith("#")
)


def requirements():
    """Everything that pyproject.toml asks for."""
    project = PROJECT["project"]
    extras = project["optional-dependencies"].values()
    asked = [*project["dependencies"], *PROJECT["build-system"]["requires"]]
    return sorted({*asked, *(line for extra in extras for line in extra)})


def targets():
    """The Makefile's targets for people: those that `make` prints."""
    printed = subprocess.run(
        ["make", "-s", "help"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return {line.split()[0] for line in printed.stdout.splitlines()}


def loaded_by(statement):
    """Names of all modules that a fresh Python holds after `statement`."""
    code = f"{statement}\nimport sys\nprint(*sys.modules)"
    held = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(held.stdout.split())


@pytest.mark.parametrize("folder", ["peyman", "tests", "bench"])
def test_no_file_is_longer_than_400_lines(folder):
    files = sorted((ROOT / folder).rglob("*.py"))
    lengths = {
        str(f.relative_to(ROOT)): len(f.read_bytes().splitlines()) for f in files
    }
    assert files
    assert {name: n for name, n in lengths.items() if n > 400} == {}


def test_the_command_starts_without_django():
    assert "django" not in loaded_by("import peyman.cli")


@pytest.mark.parametrize("room", ["charter", "ledger", "picture", "force", "case"])
def test_a_pure_room_loads_no_database_and_no_network(room):
    loaded = loaded_by(f"import peyman.{room}")
    assert f"peyman.{room}" in loaded
    assert loaded & {"django", "sqlite3", "requests", "urllib.request"} == set()


def test_the_readme_names_only_targets_that_exist_and_both_set_up_commands():
    in_code = re.compile(
        r"(?:`|^ *(?:\$ )?)make ([a-z]+)(?=`| *(?:#.*)?$)", re.MULTILINE
    )
    named = set(in_code.findall((ROOT / "README.md").read_text(encoding="utf-8")))
    assert {"run", "test"} <= named
    assert named <= targets()


@pytest.mark.parametrize(("asked", "port"), [([], "8000"), (["PORT=9000"], "9000")])
def test_make_run_serves_at_port_8000_or_at_the_one_asked_for(asked, port):
    surroundings = {
        k: v for k, v in os.environ.items() if k not in ("PORT", "MAKEFLAGS")
    }
    told = subprocess.run(
        ["make", "--no-print-directory", "-n", "run", *asked],
        cwd=ROOT,
        env=surroundings,
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.splitlines()[-1] == f".venv/bin/peyman serve --port {port}"


@pytest.mark.parametrize("line", requirements())
def test_every_dependency_is_bounded_and_its_pin_lies_inside(line):
    requirement = Requirement(line)
    assert {s.operator for s in requirement.specifier} == {">=", "<"}
    pins = {canonicalize_name(name): pin for name, pin in PINS.items()}
    assert requirement.specifier.contains(pins[canonicalize_name(requirement.name)])


def test_the_lock_names_versions_and_nothing_else():
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+", name) for name in PINS)
    assert all(re.fullmatch(r"[0-9][0-9A-Za-z.+!]*", pin) for pin in PINS.values())


def library_files():
    """What the wheel has to carry: name in the wheel, and bytes in the checkout."""
    paths = [*(ROOT / "charters").rglob("*"), *(ROOT / "cases").rglob("*")]
    return {
        f"peyman/_library/{path.relative_to(ROOT).as_posix()}": path.read_bytes()
        for path in paths
        if path.is_file() and not path.is_relative_to(ROOT / "cases" / "src")
    }


def test_the_wheel_carries_the_charters_the_built_cases_and_the_room_data(tmp_path):
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        carried = {name: packed.read(name) for name in packed.namelist()}
    library = {n: b for n, b in carried.items() if n.startswith("peyman/_library/")}
    assert library == library_files()
    assert any(name.startswith("peyman/_library/charters/") for name in library)
    assert any(name.startswith("peyman/_library/cases/") for name in library)
    rooms = {p.relative_to(ROOT).as_posix() for p in (ROOT / "peyman").rglob("*.toml")}
    assert rooms <= carried.keys()
