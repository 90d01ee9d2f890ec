"""A labelled set as somebody else keeps it is read whatever its columns are called and however it writes dates."""

from datetime import date
from pathlib import Path

import pytest

from bench.matching.reading import from_files

WRITTEN = {
    "usual": ("given_name,surname,dob,postcode,cluster", "Amina,Example,2012-05-04,B99 1AA,1", "AMINAH,EXAMPLE,,,1"),
    "capitals": ("First Name;LAST-NAME;Date of Birth;Entity ID", "AMINA;EXAMPLE;04/05/2012;1", "Aminah;X;28/05/2012;1"),
    "american": ("forename\tlast_name\tdob\tperson_id", "Amina\tExample\t05/04/2012\t1", "Aminah\tX\t05/28/2012\t1"),
    "words": ("fname,lname,birthdate,cluster_id", "Amina,Example,4 May 2012,1", "Aminah,Example,NA,1"),
    "parts": (
        "given_name,surname,birth_year,birth_month,birth_day,cluster",
        "Amina,Example,2012,5,4.0,1",
        "Aminah,X,,,,1",
    ),
    "whole": ("full_name,dob,cluster", "Amina Example,20120504,1", "Aminah Example,,1"),
    "moment": ("given_name,surname,dob,cluster", "Amina,Example,2012-05-04 00:00:00,1", "Aminah,X,unknown,1"),
    "febrl": ("rec_id, given_name, surname, dob", "rec-1-org, amina, example, 20120504", "rec-1-dup-0, aminah, x, "),
}


@pytest.mark.parametrize("name", list(WRITTEN))
def test_it_is_read_as_people_keep_it(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_text("\n".join(WRITTEN[name]), encoding="utf-8")
    found = from_files([file])
    first, second = found.people
    assert (first.given_name.lower(), first.family_name.lower()) == ("amina", "example")
    assert first.date_of_birth == date(2012, 5, 4)
    assert second.given_name.lower() == "aminah"
    assert (found.truth, found.true_pairs) == (["1", "1"], 1)


def test_windows_text_quotes_and_rows_of_nobody_are_borne(tmp_path: Path) -> None:
    file = tmp_path / "windows.csv"
    file.write_bytes('given_name,surname,cluster,extra\n"Zo\xeb",Example,1\nNobody,Else,,x\n\n'.encode("cp1252"))
    found = from_files([file])
    assert [person.given_name for person in found.people] == ["Zoë"]


def test_two_files_are_linked_one_with_the_other(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).write_text("given_name,surname,cluster\nAmina,Example,1\nAmina,Example,1\n", encoding="utf-8")
    assert from_files([tmp_path / "a", tmp_path / "b"]).true_pairs == 4


@pytest.mark.parametrize(
    "text", ["given_name,surname\nAmina,Example\n", "dob,cluster\n2012-05-04,1\n", "given_name,cluster\n"]
)
def test_what_cannot_be_measured_is_said(tmp_path: Path, text: str) -> None:
    file = tmp_path / "bad.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(LookupError):
        from_files([file])
