"""A person without a mouse: Tab, arrows, Space and Enter, and always seeing where they are."""

from playwright.sync_api import Page

MOST_STEPS = 120
FOCUSED = """() => {
    const it = document.activeElement, label = it.labels && it.labels[0];
    const drawn = (of, part) => {
        const style = getComputedStyle(of, part);
        return style.outlineStyle !== 'none' || style.boxShadow !== 'none';
    };
    return {
        name: it.name || '', value: it.value || '', words: it.innerText.trim(), type: it.type,
        seen: it === document.body || drawn(it, null) || Boolean(label) && drawn(label, '::before'),
    };
}"""


class Keyboard:
    """The keys of one page, pressed as a person presses them."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def goes_to(self, *, name: str = "", words: str = "") -> None:
        """Press Tab until a field, link or button has the focus, which can be seen at each stop."""
        for _step in range(MOST_STEPS):
            self.page.keyboard.press("Tab")
            at = self.page.evaluate(FOCUSED)
            assert at["seen"], at
            if (name and at["name"] == name) or (words and at["words"] == words):
                return
        raise AssertionError(f"The keyboard never reached {name or words}.")

    def writes(self, name: str, text: str) -> None:
        self.goes_to(name=name)
        self.page.keyboard.type(text)

    def picks(self, name: str, value: str) -> None:
        """Choose one of a group of radio buttons: Tab to the group, arrows inside it."""
        self.goes_to(name=name)
        self.page.keyboard.press("Space")
        for _step in range(MOST_STEPS):
            if self.page.evaluate(FOCUSED)["value"] == value:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"The keyboard never reached {value} of {name}.")

    def enters(self) -> None:
        """Press Enter and wait for the page it leads to."""
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
