"""What two pages have in common for the checker of barriers, which is asked once for each way a page is built."""

import pytest

from tests.e2e.structure import structure

ONE, OTHER = "0198c0de-0000-7000-8000-000000000001", "0198c0de-0000-7000-8000-000000000002"


def test_the_same_page_of_another_record_is_built_alike() -> None:
    page = '<li id="row-{key}"><a href="/cases/{key}">{name}</a> <time datetime="{day}">{day}</time></li>'
    assert structure(page.format(key=ONE, name="R-7KQ", day="1 May")) == structure(
        page.format(key=OTHER, name="R-8LM and more", day="2 May")
    )


def test_a_longer_list_of_the_same_is_built_alike() -> None:
    row = '<li id="row-{0}"><label for="tick-{0}">Words</label><input id="tick-{0}" name="tick-{0}"></li>'
    rows = [row.format(number) for number in range(20, 30)]
    assert structure(f"<ul>{rows[0]}</ul><p>End") == structure(f"<ul>{''.join(rows[3:])}</ul><p>End")


@pytest.mark.parametrize(
    ("sound", "unsound"),
    [
        ("<label for='a'>Name</label><input id='a'>", "<label for='a'></label><input id='a'>"),
        ("<label for='a'>Name</label><input id='a'>", "<label for='b'>Name</label><input id='a'>"),
        ('<button aria-label="Close"></button>', '<button aria-label=""></button>'),
        ('<img alt="A map" src="a.png">', '<img src="a.png">'),
        ('<p class="govuk-body">Words</p>', '<p class="pale">Words</p>'),
        ('<nav aria-label="Top"></nav>', '<nav aria-label="Pages"></nav>'),
        ("<h2>One</h2>", "<h3>One</h3>"),
        ('<i id="f-1"></i><b for="f-1"></b>', '<i id="f-1"></i><b for="f-2"></b>'),
        ("<ul><li>A<li>B</ul>", "<ul><li>A<li class='pale'>B</ul>"),
        (f'<p id="{ONE}">A</p><p id="{OTHER}">B</p>', f'<p id="{ONE}">A</p><p id="{ONE}">B</p>'),
    ],
)
def test_whatever_may_be_a_barrier_is_looked_at_again(sound: str, unsound: str) -> None:
    assert structure(sound) != structure(unsound)
