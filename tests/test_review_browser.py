"""The instructor's page in a real browser: the keyboard, the policy, the focus, two people at once."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from grader.cli import main

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
# It is said as a warning, since the reason of a skipped test is not shown unless it is asked for.
MISSING = "NOT TESTED IN A BROWSER: it needs Debian's packages chromium and chromium-driver"
if not (CHROMIUM and DRIVER):
    warnings.warn(MISSING, stacklevel=1)
pytestmark = pytest.mark.skipif(not (CHROMIUM and DRIVER), reason=MISSING)
for package in ("selenium", "starlette", "uvicorn"):
    pytest.importorskip(package, reason=f"NOT TESTED IN A BROWSER: needs the package {package}")

from selenium import webdriver  # noqa: E402
from selenium.common.exceptions import StaleElementReferenceException  # noqa: E402
from selenium.webdriver import ActionChains, Keys  # noqa: E402
from selenium.webdriver.chrome.service import Service  # noqa: E402
from selenium.webdriver.common.by import By  # noqa: E402
from selenium.webdriver.support.ui import WebDriverWait  # noqa: E402

Driver = webdriver.Chrome
TESTS = Path(__file__).parent
PROBLEMS = TESTS.parent / "problems"
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1360,900",
)
CLASS = {
    "ana": "## Question 4\n\nThe largest magnitude is $\\frac14\\|\\phi(x)\\|$.\n",
    "ben": "## Question 4\n\nlargest magnitude: $\\frac{\\|\\phi(x)\\|}{4}$\n",
    "eva": "## Question 4\n\n$\\frac{8}{27}\\|\\phi(x)\\|$ or $\\frac14\\|\\phi(x)\\|$\n",
    "gil": "## Question 4\n\n$\\frac{1}{2}\\|\\phi(x)\\|$ or $\\frac13\\|\\phi(x)\\|$\n",
}


class Served:
    """The page as a person starts it, in a process of its own."""

    def __init__(self, root: Path, texts: dict[str, str]) -> None:
        (root / "in").mkdir()
        for name, text in texts.items():
            (root / "in" / f"{name}.md").write_text(text, encoding="utf-8")
        self.out = root / "out"
        problems = ["--problems", str(PROBLEMS / "homework3")]
        assert main(["grade", str(root / "in"), *problems, "--out", str(self.out), "--jobs", "1"]) == 0
        command = [
            sys.executable,
            "-m",
            "grader",
            "review",
            str(self.out),
            "--no-browser",
            "--who",
            "Ida",
            *problems,
        ]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        self.address = self.process.stdout.readline().split()[-1]
        self.base = self.address.split("/enter")[0]

    def close(self) -> int:
        """Ends it as Ctrl-C does."""
        self.process.send_signal(2)
        return self.process.wait(timeout=60)

    def earned(self, name: str) -> float:
        """What is in OUT for question 4."""
        for line in (self.out / "results.jsonl").read_text(encoding="utf-8").splitlines():
            found = json.loads(line)
            if found["submission"] == name:
                return float(next(q["earned"] for q in found["questions"] if q["id"] == "q4"))
        raise KeyError(name)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    hostile = yaml.safe_load((TESTS / "cases" / "review" / "hostile.yaml").read_text(encoding="utf-8"))
    texts = {f"x{i}": f"## Question 4\n\n{text}\n" for i, text in enumerate(hostile)}
    found = Served(tmp_path_factory.mktemp("served"), {**CLASS, **texts})
    yield found
    found.close()


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Driver]:
    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    found = webdriver.Chrome(options=options, service=Service(str(DRIVER)))
    yield found
    found.quit()


@pytest.fixture
def browser(driver: Driver, served: Served) -> Driver:
    driver.get(served.address)
    arrived(driver, "overview")
    driver.get_log("browser")
    return driver


def until(browser: Driver, check: Callable[[Driver], Any]) -> Any:
    return WebDriverWait(browser, 10, 0.05, [StaleElementReferenceException]).until(check)


def press(browser: Driver, *keys: str) -> None:
    """Keys, once the page is there."""
    ready = "return Boolean(document.documentElement.dataset.at)"
    until(browser, lambda b: b.execute_script(ready))
    ActionChains(browser).send_keys(*keys).perform()


def arrived(browser: Driver, words: str) -> None:
    at = "return document.documentElement.dataset.at || ''"
    until(browser, lambda b: re.search(words, b.execute_script(at)) is not None)


def chosen(browser: Driver, name: str) -> str:
    return str(browser.execute_script(f"return document.querySelector('[name=\"{name}\"]:checked').value"))


def text(browser: Driver, query: str) -> str:
    return str(browser.find_element(By.CSS_SELECTOR, query).text)


def test_a_doubt_is_decided_by_the_keyboard_alone(browser: Driver, served: Served) -> None:
    press(browser, "d")
    arrived(browser, r"answers")
    press(browser, "/")
    press(browser, "gil", Keys.ENTER)
    arrived(browser, r"^1 answer")
    press(browser, "n")
    arrived(browser, r"^gil, q4: 0 of 3")
    press(browser, "3")
    assert chosen(browser, "mark.A2") == "full"
    assert "not saved" in text(browser, "#say")
    press(browser, "e")
    assert browser.switch_to.active_element.get_attribute("id") == "why"
    press(browser, "the first one counts")
    press(browser, Keys.ESCAPE, "e")
    arrived(browser, r"^gil, q4: 1 of 3")
    assert "Ida" in text(browser, ".word")
    until(browser, lambda _: served.earned("gil") == 1)
    press(browser, "u")
    arrived(browser, r"^gil, q4: 0 of 3")
    until(browser, lambda _: served.earned("gil") == 0)


def test_a_paper_that_could_not_be_read_is_marked_on_one_page(browser: Driver, served: Served) -> None:
    press(browser, "n")
    arrived(browser, r"^x8: 0 of 14")
    press(browser, "1", "2", "2", "8")
    assert [chosen(browser, name) for name in ("q1/mark.M1", "q1/mark.A1", "q3/mark.B3")] == [
        "full",
        "0",
        "full",
    ]
    assert "q3/B3 given, not saved yet" in text(browser, "#say")
    press(browser, "e")
    press(browser, "read by hand", Keys.ENTER)
    until(browser, lambda b: "Saved" in b.find_element(By.TAG_NAME, "main").text)
    browser.get(f"{served.base}/answers?find=x8")
    press(browser, "n")
    arrived(browser, r"^x8, q1: 1 of 2")
    assert "mark all its questions on one page" in text(browser, ".note.review")


def test_a_look_is_confirmed(browser: Driver, served: Served) -> None:
    browser.get(f"{served.base}/answers?find=gil&question=q4")
    press(browser, "n")
    arrived(browser, r"^gil, q4: ")
    press(browser, "c")
    until(browser, lambda b: "the program leaves it open" in b.find_element(By.TAG_NAME, "main").text)
    browser.get(f"{served.base}/answers?find=ana")
    press(browser, "n")
    arrived(browser, r"^ana, q1: ")
    first = browser.title
    press(browser, "c")
    until(browser, lambda b: b.title != first)
    assert "Saved" in text(browser, ".note.good")
    press(browser, "p")


def test_a_group_is_marked_once(browser: Driver, served: Served) -> None:
    browser.get(f"{served.base}/groups/q4")
    until(browser, lambda b: not b.find_elements(By.CSS_SELECTOR, "[hx-trigger]"))
    press(browser, "n")
    arrived(browser, r"q4: \d+ equal answers")
    press(browser, "3")
    assert chosen(browser, "mark.A2") == "full"
    press(browser, "w")
    press(browser, "as agreed", Keys.ENTER)
    until(browser, lambda b: "Saved for" in b.find_element(By.TAG_NAME, "main").text)
    until(browser, lambda _: served.earned("ana") == served.earned("ben") == 1)


def test_two_people_at_one_answer(browser: Driver, served: Served) -> None:
    browser.get(f"{served.base}/answers?question=q4&find=x2")
    press(browser, "n")
    arrived(browser, r"^x2, q4")
    mine, address = browser.current_window_handle, browser.current_url
    browser.switch_to.new_window("tab")
    browser.get(address)
    press(browser, "1")
    press(browser, "w")
    press(browser, "said first")
    press(browser, Keys.ESCAPE, "e")
    until(browser, lambda b: "said first" in b.find_element(By.CSS_SELECTOR, "#marks").text)
    browser.close()
    browser.switch_to.window(mine)
    press(browser, "2")
    press(browser, "w")
    press(browser, "said second", Keys.ENTER)
    until(browser, lambda b: b.find_elements(By.CSS_SELECTOR, "[role=alert]"))
    assert "you yourself, in another window, decided its marks. Nothing" in text(browser, "[role=alert]")
    assert "you wanted 1" in text(browser, "#marks")
    assert "said first" in text(browser, "#marks")
    assert browser.current_url == address


def test_the_policy_stops_nothing_of_ours_and_nothing_of_theirs_runs(browser: Driver, served: Served) -> None:
    paths = ["/", "/answers?question=q4", "/groups/q4"]
    browser.get(f"{served.base}/answers?question=q4&find=x")
    paths += [a.get_dom_attribute("href") for a in browser.find_elements(By.CSS_SELECTOR, "tbody th a")]
    assert len(paths) > 10
    for path in paths:
        browser.get(f"{served.base}{path}")
        assert browser.execute_script("return document.scripts.length") == 2
        assert not browser.find_elements(By.CSS_SELECTOR, "main img, main iframe, main a[href^='http']")
    log = [entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE"]
    assert not log


def test_formulas_are_drawn(browser: Driver, served: Served) -> None:
    browser.get(f"{served.base}/answers?question=q4&find=ana")
    press(browser, "n")
    arrived(browser, r"^ana, q4")
    sizes = browser.execute_script(
        "return [...document.querySelectorAll('.lines math')].map(m => m.getBoundingClientRect().height)"
    )
    assert len(sizes) >= 2
    assert all(size > 15 for size in sizes)
    wide = "return document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    assert browser.execute_script(wide)


def test_the_focus_goes_where_one_reads_on(browser: Driver, served: Served) -> None:
    browser.get(served.base)
    press(browser, Keys.TAB)
    assert browser.switch_to.active_element.text == "To the content"
    outline = "return getComputedStyle(document.activeElement).outlineStyle"
    assert browser.execute_script(outline) == "solid"
    press(browser, "l")
    arrived(browser, "answers")
    until(browser, lambda b: b.switch_to.active_element.get_attribute("id") == "main")
    assert "answers" in text(browser, "#say")
    browser.back()
    arrived(browser, "overview")


def turn_keys(browser: Driver) -> None:
    """Opens the help, turns the keys off or on, and closes it; each when the one before has happened."""
    press(browser, "?")
    box = until(browser, lambda b: b.find_element(By.CSS_SELECTOR, "#help[open] input[type=checkbox]"))
    until(browser, lambda b: b.switch_to.active_element == box)
    before = box.is_selected()
    press(browser, Keys.SPACE)
    until(browser, lambda b: box.is_selected() != before)
    press(browser, Keys.ESCAPE)
    until(browser, lambda b: not b.find_elements(By.CSS_SELECTOR, "#help[open]"))


def test_keys_can_be_turned_off_and_help_is_there(browser: Driver, served: Served) -> None:
    browser.get(served.base)
    turn_keys(browser)
    browser.get(f"{served.base}/answers")
    press(browser, "h")
    press(browser, "?")
    assert "/answers" in browser.current_url
    press(browser, Keys.ESCAPE)
    turn_keys(browser)
    press(browser, "h")
    arrived(browser, "overview")


def test_what_is_not_saved_is_not_left_in_silence(browser: Driver, served: Served) -> None:
    browser.get(f"{served.base}/answers?question=q4&find=ana")
    press(browser, "n")
    arrived(browser, r"^ana, q4")
    press(browser, "1", "h")
    alert = until(browser, lambda b: b.switch_to.alert)
    assert "not saved" in alert.text
    alert.dismiss()
    assert "ana" in browser.title
    press(browser, "1", "h")
    arrived(browser, "overview")


def test_it_ends_well(tmp_path: Path) -> None:
    one = Served(tmp_path, {"ana": CLASS["ana"]})
    assert one.close() == 0
