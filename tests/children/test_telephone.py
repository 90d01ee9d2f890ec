"""A telephone number is one number, however it was written."""

import pytest

from backend.children.telephone import comparable

# Ofcom keeps 07700 900000 to 900999 and 0121 496 0000 to 0999 for drama: nobody has these.
WRITTEN = {
    "07700 900123": ["+447700900123"],
    "+44 7700 900123": ["+447700900123"],
    "0044 7700900123": ["+447700900123"],
    "(0121) 496-0123": ["+441214960123"],
    "07700 900123, after five: 0121 496 0123": ["+447700900123", "+441214960123"],
    "mum’s, 07700900123": ["+447700900123"],
    "ask at school": [],
    "not_known": [],
    "12": [],
    "": [],
}


@pytest.mark.parametrize("written", list(WRITTEN))
def test_a_number_is_read_however_it_is_written(written: str) -> None:
    assert comparable([written]) == WRITTEN[written]


def test_a_number_counts_once_and_the_first_six_are_kept() -> None:
    assert comparable(["07700 900123", "+447700900123"]) == ["+447700900123"]
    assert len(comparable(f"07700 90010{digit}" for digit in range(10))) == 6
