"""An analyst looks where and why children are referred, board by board, and meets no child on the way."""

import json
from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from playwright.sync_api import expect

from backend.core import vocabulary
from backend.core.ids import uuid7
from backend.insights.places import tiles
from backend.operations.postgres.cluster import SUPERUSER
from tests.e2e.conftest import Product
from tests.e2e.hands import Hand, Keyboard, Mouse
from tests.e2e.people import ANALYST
from tests.e2e.screen import PHONE, Screen

CODES = vocabulary.get("wards").codes
CUTS = ["Board’s theme", "Who referred", "What was decided", "Age", "Sex", "Ethnicity", "Special educational needs"]


def _cells(month: int) -> list[dict[str, Any]]:
    """Made-up cells of a month: more in the south, and in every seventh ward nothing that may be shown."""
    themes, decisions = ("violence_reduction", "protecting_people", "none_yet"), ("accepted", "signposted", "declined")
    ages, factors = ("14_15", "10_13", "5_9"), ("carries_weapon", "violence_at_home", "missing_episodes")
    return [
        {
            "key": [
                tile.code,
                themes[n % 3],
                "education",
                decisions[(n + month) % 3],
                ages[n % 3],
                "M",
                "white",
                "none",
            ],
            "number": 5 + 5 * (tile.row * (n + month) % 17 // 4),
            "marks": {factors[n % 3]: 5},
        }
        for n, tile in enumerate(tiles())
        if n % 7 and (n + month) % 3
    ]


@pytest.fixture
def published(product: Product) -> None:
    """Months as the worker keeps them, of a city in which more happens than in this small one."""
    with psycopg.connect(product.url(SUPERUSER), autocommit=True) as connection:
        months = connection.execute(
            "DELETE FROM insights_publishedmonth WHERE counted = 'referrals'"
            " RETURNING month, partnership_id, published_at"
        ).fetchall()
        assert len(months) == 12, "the city's own months were published when it was made"
        for number, (month, partnership_id, published_at) in enumerate(sorted(months)):
            connection.execute(
                "INSERT INTO insights_publishedmonth (id, counted, month, partnership_id, published_at, cells)"
                " VALUES (%s, 'referrals', %s, %s, %s, %s)",
                [uuid7(), month, partnership_id, published_at, json.dumps(_cells(number))],
            )


def test_in_a_small_city_little_may_be_shown_and_the_page_says_so(as_person: Callable[..., Screen]) -> None:
    analyst = as_person(ANALYST)
    analyst.open("/needs", "Needs by place")
    found = analyst.caller.read("figures/needs/")
    told = f"About {found['total']:,} referrals were received from" if found["total"] else "Too few referrals"
    expect(analyst.main).to_contain_text(told)
    analyst.check()


@pytest.mark.parametrize(("width", "works"), [(1280, Keyboard), (PHONE, Mouse)])
def test_an_analyst_goes_from_the_city_to_one_board_one_ward_and_one_factor(
    as_person: Callable[..., Screen], published: None, width: int, works: type[Keyboard | Mouse]
) -> None:
    analyst = as_person(ANALYST, width=width)
    hand: Hand = works(analyst)
    analyst.open("/needs", "Needs by place")
    found = analyst.caller.read("figures/needs/")
    expect(analyst.main).to_contain_text(f"About {found['total']:,} referrals were received from")
    analyst.check()
    _has_what_the_api_says(analyst, found)
    hand.press(analyst.main.get_by_role("link", name="Rate per 1,000 people of all ages"))
    expect(analyst.main.locator("figcaption").first).to_contain_text("per 1,000 people of all ages")
    analyst.check()
    themes = analyst.main.get_by_role("navigation", name="Which board’s theme")
    hand.press(themes.get_by_role("link", name="Violence Reduction"))
    expect(themes.get_by_role("link", name="Violence Reduction")).to_have_attribute("aria-current", "page")
    ward = next(one for one in analyst.caller.read("figures/needs/?theme=violence_reduction")["wards"] if one["number"])
    _pick(analyst, hand, "Ward", ward["label"])
    expect(analyst.main).to_contain_text("The map shows all wards")
    assert "theme=violence_reduction" in analyst.page.url
    assert f"ward={ward['id']}" in analyst.page.url
    assert "show=rate" in analyst.page.url, "a filter leaves the measure as it was"
    hand.press(analyst.main.locator("summary").filter(has_text="Why numbers are only about right"))
    expect(analyst.main).to_contain_text("may be off by some")
    analyst.check()
    hand.press(analyst.main.get_by_role("link", name=f"Remove the filter {ward['label']}"))
    expect(analyst.main).not_to_contain_text("The map shows all wards")


def _has_what_the_api_says(analyst: Screen, found: dict[str, Any]) -> None:
    """The same numbers in the tiles, the table and the list."""
    shown = [one for one in found["wards"] if one["number"]]
    assert sum(one["number"] for one in shown) + found["no_ward"] == found["total"]
    texts = analyst.main.locator(".app-tile__text").all_inner_texts()
    assert sum(int(text) for text in texts if text != "–") == found["total"] - found["no_ward"]
    assert texts.count("–") == len(CODES) - len(shown)
    expect(analyst.main).to_contain_text(
        f"In {len(CODES) - len(shown)} of {len(CODES)} wards there were none, or too few"
    )
    risks = analyst.main.get_by_role("region", name="Risks named")
    expect(risks.locator("figcaption")).to_contain_text(f"Most: “{found['factors'][0]['label']}”")
    for title in CUTS:
        expect(analyst.main.get_by_role("heading", name=title, exact=True)).to_be_visible()


def _pick(analyst: Screen, hand: Hand, label: str, option: str) -> None:
    summary = analyst.main.locator("summary").filter(has_text="Filter")
    choice = analyst.main.get_by_label(label, exact=True)
    if not choice.is_visible():
        hand.press(summary)
    hand.pick(choice, option)
    hand.press(analyst.main.get_by_role("button", name="Show", exact=True))


def test_filters_that_match_too_few_say_so_and_lose_nothing(as_person: Callable[..., Screen], published: None) -> None:
    analyst = as_person(ANALYST)
    analyst.open("/needs?sex=F&stray=1", "Needs by place")
    expect(analyst.main).to_contain_text("Too few referrals match all of this to show any number")
    expect(analyst.main.get_by_label("Sex")).to_have_value("F")
    analyst.check()
    Keyboard(analyst).press(analyst.main.get_by_role("link", name="Remove the filter Female"))
    expect(analyst.main).to_contain_text("referrals were received from")


@pytest.mark.parametrize("width", [1280, PHONE])
def test_real_shapes_are_drawn_where_there_are_some(
    as_person: Callable[..., Screen], published: None, width: int
) -> None:
    analyst = as_person(ANALYST, width=width)
    wards = [
        {
            "id": tile.code,
            "path": f"M{x},{y}L{x + 100},{y + 8}L{x + 90},{y + 84}L{x},{y + 80}Z",
            "x": x + 50,
            "y": y + 42,
        }
        for tile in tiles()
        for x, y in [(100 * tile.column, 84 * tile.row)]
    ]
    drawing = {"width": 1000, "height": 1100, "wards": wards}
    analyst.page.route("**/figures/needs/map/", lambda route: route.fulfill(json=drawing))
    analyst.open("/needs", "Needs by place")
    expect(analyst.main.locator("svg.app-wards path.app-ward")).to_have_count(len(CODES))
    expect(analyst.main.locator(".app-tile")).to_have_count(0)
    analyst.check()
