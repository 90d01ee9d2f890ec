"""Two ways to work a page: with a mouse, and with the keyboard alone."""

from typing import Protocol

from playwright.sync_api import Locator, expect

from tests.e2e.screen import Screen

MOST_TABS = 150
# Where focus shows: on the element, or, for boxes and radio buttons drawn by their label, on the label's own drawing.
SHOWS_FOCUS = """(element) => {
    const seen = (style) => (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0)
        || style.boxShadow !== 'none';
    const label = element.labels?.[0];
    return seen(getComputedStyle(element)) || Boolean(label) && seen(getComputedStyle(label, '::before'));
}"""
IS_BEFORE_FOCUS = """(element) => Boolean(
    document.activeElement?.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_PRECEDING)"""
HAS_FOCUS = "(element) => element === document.activeElement"


class Hand(Protocol):
    """How somebody works a page."""

    screen: Screen

    def press(self, control: Locator) -> None:
        """Push a button or follow a link."""

    def choose(self, control: Locator) -> None:
        """Choose a radio button or tick a box."""

    def write(self, control: Locator, text: str) -> None:
        """Type into a field, over what stands there."""

    def pick(self, control: Locator, option: str) -> None:
        """Take one of a list that folds out."""


class Mouse:
    """Clicks, and types where it clicked."""

    def __init__(self, screen: Screen) -> None:
        self.screen = screen

    def press(self, control: Locator) -> None:
        control.click()

    def choose(self, control: Locator) -> None:
        control.check()

    def write(self, control: Locator, text: str) -> None:
        control.fill(text)

    def pick(self, control: Locator, option: str) -> None:
        control.select_option(label=option)


class Keyboard:
    """Tab, Enter, Space, arrows and letters; whatever has focus on the way must show it."""

    def __init__(self, screen: Screen) -> None:
        self.screen = screen

    def reach(self, control: Locator) -> None:
        """Move focus to the control, forwards or backwards, as a person who sees where it is."""
        expect(control).to_be_visible()
        key = "Shift+Tab" if control.evaluate(IS_BEFORE_FOCUS) else "Tab"
        for _ in range(MOST_TABS):
            if control.evaluate(HAS_FOCUS):
                assert control.evaluate(SHOWS_FOCUS), f"focus cannot be seen on {control}"
                return
            self.screen.page.keyboard.press(key)
        raise AssertionError(f"{control} cannot be reached with the keyboard on {self.screen.page.url}")

    def press(self, control: Locator) -> None:
        self.reach(control)
        self.screen.page.keyboard.press("Enter")

    def choose(self, control: Locator) -> None:
        if control.evaluate("(element) => element.type === 'radio'"):
            self._choose_radio(control)
        else:
            self.reach(control)
            self.screen.page.keyboard.press("Space")
        expect(control).to_be_checked()

    def _choose_radio(self, control: Locator) -> None:
        """A group of radio buttons takes one Tab, to the one that is chosen or the first; arrows go through it."""
        group = control.locator("xpath=ancestor::fieldset[1]").get_by_role("radio")
        chosen = group.and_(self.screen.page.get_by_role("radio", checked=True))
        self.reach(chosen if chosen.count() else group.first)
        self.screen.page.keyboard.press("Space")
        for _ in range(group.count()):
            if control.is_checked():
                return
            self.screen.page.keyboard.press("ArrowDown")

    def write(self, control: Locator, text: str) -> None:
        self.reach(control)
        self.screen.page.keyboard.press("Control+A")
        self.screen.page.keyboard.type(text)

    def pick(self, control: Locator, option: str) -> None:
        self.reach(control)
        self.screen.page.keyboard.type(option[:24])
        expect(control.locator("option:checked")).to_have_text(option)


class EitherHand(Keyboard):
    """The keyboard, where a mouse would find the same control with nothing over it: a desk needs no second journey."""

    def press(self, control: Locator) -> None:
        control.click(trial=True)
        super().press(control)

    def choose(self, control: Locator) -> None:
        control.check(trial=True)
        super().choose(control)
