"""The book in a real browser, Debian's chromium: layout, formulas, links, keyboard, accessibility.

Where chromium is not installed, each test is there once, named after that, and looks at nothing.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from proofs.runner.book.chapters import chapter
from proofs.runner.book.site import write_book
from proofs.runner.pages import load_page, page_paths

CHROMIUM = shutil.which("chromium")
MISSING = "chromium is not installed"
WIDTHS = [360, 1280] if CHROMIUM else [MISSING]
SCHEMES = ["light", "dark"] if CHROMIUM else [MISSING]
SHOWN = ("a11", "b20")

OVERFLOWING = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
WITHOUT_SIZE = """[...document.querySelectorAll('math')].filter(m => m.checkVisibility()
    && (m.getBoundingClientRect().width < 1 || m.getBoundingClientRect().height < 1)).length"""
BROKEN = """[...document.images].filter(i => !(i.complete && i.naturalWidth > 0 && i.alt))
    .map(i => i.src)"""
FOCUSED = "[document.activeElement.className, document.activeElement.getAttribute('href')]"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book of two pages."""
    folder = tmp_path_factory.mktemp("book")
    paths = [path for path in page_paths() if path.stem[:3] in SHOWN]
    write_book(folder, [chapter(load_page(path)) for path in paths] if CHROMIUM else [])
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser | None]:
    """Chromium without a window, where it is installed."""
    if not CHROMIUM:
        yield None
        return
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield made
        made.close()


def opened(browser: Browser, width: int, scheme: str = "light") -> tuple[Page, list[str]]:
    """A page of this width, and what it complains about: errors, what it asks of elsewhere."""
    shown = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    told: list[str] = []
    shown.on("console", lambda message: told.append(message.text))
    shown.on("pageerror", lambda error: told.append(str(error)))
    shown.on("requestfailed", lambda request: told.append(request.url))
    near = ("file:", "data:")
    shown.on("request", lambda r: None if r.url.startswith(near) else told.append(r.url))
    return shown, told


@pytest.mark.parametrize("width", WIDTHS)
def test_layout(book: Path, browser: Browser | None, width: int) -> None:
    """Nothing is wider than the window, formulas have a size, pictures are there."""
    if browser is None:
        return
    shown, told = opened(browser, width)
    for path in sorted(book.glob("*.html")):
        shown.goto(path.as_uri())
        shown.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        shown.evaluate("document.querySelectorAll('img').forEach(i => i.loading = 'eager')")
        shown.wait_for_function("[...document.images].every(i => i.complete)")
        assert shown.evaluate(OVERFLOWING) <= 0, path.name
        assert shown.evaluate(WITHOUT_SIZE) == 0, path.name
        assert shown.evaluate(BROKEN) == [], path.name
    assert told == []
    shown.close()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_accessibility(book: Path, browser: Browser | None, scheme: str) -> None:
    """axe finds nothing wrong, colours included, on a page of each kind."""
    if browser is None:
        return
    shown, _ = opened(browser, 1280, scheme)
    for name in ("index", "b20", "a11", "article-a", "map", "definitions", "lemmas", "trusted"):
        shown.goto((book / f"{name}.html").as_uri())
        found = Axe().run(shown)
        assert found.violations_count == 0, f"{name}: {found.generate_report()}"
    shown.close()


@pytest.mark.parametrize("width", WIDTHS[-1:])
def test_keyboard(book: Path, browser: Browser | None, width: int) -> None:
    """The first stop leads to the text; then links come as they stand; folds open by a key."""
    if browser is None:
        return
    shown, _ = opened(browser, width)
    shown.goto((book / "a11.html").as_uri())
    shown.keyboard.press("Tab")
    assert shown.evaluate(FOCUSED) == ["skip", "#content"]
    links = "[...document.querySelectorAll('a')].map(a => a.getAttribute('href'))"
    for link in shown.evaluate(links)[1:17]:
        shown.keyboard.press("Tab")
        assert shown.evaluate(FOCUSED)[1] == link
    shown.locator("summary").first.focus()
    shown.keyboard.press("Enter")
    assert shown.locator("details").first.get_attribute("open") is not None
    shown.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_notion_opens_by_a_key(book: Path, browser: Browser | None, width: int) -> None:
    """What it means lies over the page, inside the window; the escape key closes it."""
    if browser is None:
        return
    shown, _ = opened(browser, width)
    shown.goto((book / "a11.html").as_uri())
    notion = shown.locator("button.notion").first
    meaning = shown.locator(f"#{notion.get_attribute('popovertarget')}")
    assert not meaning.is_visible()
    notion.focus()
    shown.keyboard.press("Enter")
    assert meaning.is_visible()
    box = meaning.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    shown.keyboard.press("Escape")
    assert not meaning.is_visible()
    shown.emulate_media(media="print")
    assert meaning.is_visible()
    shown.close()


@pytest.mark.parametrize("width", WIDTHS[-1:])
def test_print(book: Path, browser: Browser | None, width: int) -> None:
    """Everything on one page becomes a PDF."""
    if browser is None:
        return
    shown, _ = opened(browser, width)
    shown.goto((book / "everything.html").as_uri())
    shown.emulate_media(media="print")
    assert not shown.locator("nav").is_visible()
    assert shown.pdf(format="A4").startswith(b"%PDF")
    shown.close()
