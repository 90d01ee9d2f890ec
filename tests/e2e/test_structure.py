"""What two pages have in common for the checker of barriers, which is asked once for each way a page is built."""

import pytest

from tests.e2e.structure import Built, built

ONE, OTHER = "0198c0de-0000-7000-8000-000000000001", "0198c0de-0000-7000-8000-000000000002"


def test_the_same_page_of_another_record_is_built_alike() -> None:
    page = '<li id="row-{key}"><a href="/cases/{key}">{name}</a> <time datetime="{day}">{day}</time></li>'
    assert _structure(page.format(key=ONE, name="R-7KQ", day="1 May")) == _structure(
        page.format(key=OTHER, name="R-8LM and more", day="2 May")
    )


def test_a_longer_list_of_the_same_is_built_alike() -> None:
    row = '<li id="row-{0}"><label for="tick-{0}">Words</label><input id="tick-{0}" name="tick-{0}"></li>'
    rows = [row.format(number) for number in range(20, 30)]
    assert _structure(f"<ul>{rows[0]}</ul><p>End") == _structure(f"<ul>{''.join(rows[3:])}</ul><p>End")


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
    assert _structure(sound) != _structure(unsound)


@pytest.mark.parametrize(
    ("seen", "new"),
    [
        ('<p class="govuk-body">Words</p>', '<p class="pale">Words</p>'),
        ('<div class="dark"><p>Words</p></div>', "<div><p>Words</p></div>"),
        ("<button>Send</button>", "<button disabled>Send</button>"),
        ('<a href="/a">Here</a>', '<a href="/a" aria-current="page">Here</a>'),
        ("<input>", '<input class="pale">'),
        ("<p>Words</p>", "<p>Words <b>loud</b></p>"),
    ],
)
def test_words_that_stand_in_something_new_are_looked_at_for_their_contrast(seen: str, new: str) -> None:
    assert not _worded(new) <= _worded(seen)


def test_words_that_stand_where_words_stood_are_not() -> None:
    seen = _worded('<main><h1>A case</h1><ul><li id="row-1"><a href="/a">One</a></li></ul></main>')
    assert _worded('<main><ul><li id="row-7"><a href="/b">Two</a></li></ul></main>') <= seen


def _structure(html: str) -> str:
    return built(html).structure


def _worded(html: str) -> frozenset[str]:
    page: Built = built(html)
    return page.worded
