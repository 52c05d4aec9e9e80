"""The report in a real browser: on a desk and a phone, light and dark, and on paper."""

from __future__ import annotations

import base64
import itertools
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.select import Select

from onrecord.records import Article, Statement
from onrecord.writers.html import write_report

from .samples import ARABIC, Record, make_record

CHROMIUM = shutil.which("chromium")
DRIVER = shutil.which("chromedriver")
pytestmark = pytest.mark.skipif(
    not (CHROMIUM and DRIVER),
    reason="needs chromium and chromedriver (Debian: apt-get install chromium chromium-driver)",
)
FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
RECORD = make_record()

# Every text that is seen, with the contrast of its colour and the first opaque colour behind it.
# Source: WCAG 2.2, relative luminance and contrast ratio.
CONTRAST = """
const part = v => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; };
const light = c => 0.2126 * part(c[0]) + 0.7152 * part(c[1]) + 0.0722 * part(c[2]);
const colour = s => s.match(/[\\d.]+/g).map(Number);
const poor = [];
let seen = 0;
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const node = walker.currentNode, element = node.parentElement, style = getComputedStyle(element);
  if (!node.data.trim() || element.closest("script,title,option")) continue;
  if (!element.getClientRects().length) continue;
  if (element.localName === "i") continue;  // the dots between words carry nothing
  let behind = element, back = [0, 0, 0, 0];
  while (behind && back.length === 4 && back[3] === 0) {
    back = colour(getComputedStyle(behind).backgroundColor); behind = behind.parentElement;
  }
  const fore = colour(element.namespaceURI.includes("svg") ? style.fill : style.color);
  const [a, b] = [light(fore), light(back)].sort((x, y) => y - x);
  seen += 1;
  if ((a + 0.05) / (b + 0.05) < 4.5) poor.push([node.data.trim().slice(0, 40), (a + 0.05) / (b + 0.05)]);
}
return [seen, poor];
"""
# The same for the signs of the timeline: 3 to 1 is asked of graphics.
SIGNS = (
    CONTRAST.split("const poor")[0]
    + """
const paper = light(colour(getComputedStyle(document.documentElement).backgroundColor));
return [...document.querySelectorAll(".lanes svg a")].map(sign => {
  const [a, b] = [light(colour(getComputedStyle(sign).stroke)), paper].sort((x, y) => y - x);
  return (a + 0.05) / (b + 0.05);
});
"""
)


class View(NamedTuple):
    width: int
    scheme: str


VIEWS = [View(1200, "light"), View(1200, "dark"), View(360, "light"), View(360, "dark")]


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM or ""
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    driver = webdriver.Chrome(options, webdriver.ChromeService(DRIVER))
    yield driver
    driver.quit()


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "report.html"
    write_report(path, *RECORD, language="fr", title="Le barrage du Lac-Vert")
    return path


def look(browser: webdriver.Chrome, path: Path, view: View) -> None:
    """Open the report in a window of this width and scheme."""
    metrics = {"width": view.width, "height": 800, "deviceScaleFactor": 1, "mobile": view.width < 500}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    media = {"features": [{"name": "prefers-color-scheme", "value": view.scheme}]}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
    browser.get("about:blank")
    browser.get(path.as_uri())


def requests(browser: webdriver.Chrome) -> set[str]:
    """Return the addresses that files asked for (the browser's own first page asks for more)."""
    messages = (json.loads(entry["message"])["message"] for entry in browser.get_log("performance"))
    asked = (m["params"] for m in messages if m["method"] == "Network.requestWillBeSent")
    return {params["request"]["url"] for params in asked if params["documentURL"].startswith("file:")}


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_it_fits_reads_and_asks_for_nothing(browser: webdriver.Chrome, report: Path, view: View) -> None:
    requests(browser)
    look(browser, report, view)
    width = browser.execute_script("return document.documentElement.scrollWidth")
    assert width <= view.width
    beyond = browser.execute_script(
        "return [...document.querySelectorAll('body *')].filter(e => !e.closest('.skip, thead') &&"
        " e.getBoundingClientRect().right > innerWidth + 1).map(e => e.outerHTML.slice(0, 90))"
    )
    assert beyond == []
    seen, poor = browser.execute_script(CONTRAST)
    assert seen > 400
    assert poor == []
    signs = browser.execute_script(SIGNS)
    assert len(signs) == len(RECORD.statements)
    assert min(signs) >= 3
    assert requests(browser) == {report.as_uri()}
    assert browser.get_log("browser") == []
    back = browser.execute_script("return getComputedStyle(document.documentElement).backgroundColor")
    dark = sum(map(int, re.findall(r"\d+", back)[:3])) < 200
    assert dark == (view.scheme == "dark")


def test_it_says_what_is_expected(browser: webdriver.Chrome, report: Path) -> None:
    look(browser, report, VIEWS[0])
    assert browser.find_element(By.TAG_NAME, "html").get_attribute("lang") == "fr"
    assert browser.find_element(By.TAG_NAME, "h1").text == "Le barrage du Lac-Vert"
    assert "6 articles · 5 médias · 26 déclarations" in browser.find_element(By.CLASS_NAME, "counts").text
    threat = browser.find_element(By.ID, f"s-{RECORD.statements[3].id}").text
    assert "n’a PAS nié ni exclu" in threat
    assert "lundi 23 janvier 2023" in threat
    assert [len(browser.find_elements(By.TAG_NAME, tag)) for tag in ("header", "main", "footer", "h1")][
        1:
    ] == [1, 1, 1]
    levels = [int(h.tag_name[1]) for h in browser.find_elements(By.CSS_SELECTOR, "h1, h2, h3")]
    assert all(b - a <= 1 for a, b in itertools.pairwise(levels))


def test_a_right_to_left_quotation_runs_its_way(browser: webdriver.Chrome, report: Path) -> None:
    look(browser, report, VIEWS[0])
    said = browser.find_element(By.CSS_SELECTOR, "blockquote[lang=ar]")
    assert said.value_of_css_property("direction") == "rtl"
    text = browser.find_element(By.CSS_SELECTOR, f"#a-{ARABIC.id} .text")
    assert text.value_of_css_property("direction") == "rtl"


@pytest.mark.parametrize("view", [VIEWS[0], VIEWS[2]], ids=str)
def test_every_link_lands_on_what_it_names(browser: webdriver.Chrome, report: Path, view: View) -> None:
    look(browser, report, view)
    lost = browser.execute_script(
        "return [...document.querySelectorAll('[href^=\"#\"]')].map(a => a.getAttribute('href'))"
        ".filter(h => !document.getElementById(h.slice(1)))"
    )
    assert lost == []
    for statement in RECORD.statements:
        target = f"s-{statement.id}"
        browser.find_element(By.CSS_SELECTOR, f'.lanes a[href="#{target}"] :is(rect, use)').click()
        assert browser.execute_script("return document.querySelector(':target').id") == target
        assert _in_sight(browser, target)
        browser.find_element(By.CSS_SELECTOR, f"#{target} .proof a").click()
        assert browser.execute_script("return document.querySelector(':target').id") == f"t-{statement.id}"
        assert _in_sight(browser, f"t-{statement.id}")


def _in_sight(browser: webdriver.Chrome, key: str) -> bool:
    script = "const b = document.getElementById(arguments[0]).getBoundingClientRect();"
    return bool(browser.execute_script(script + "return b.top < innerHeight && b.bottom > 0", key))


def test_it_filters_and_a_link_to_what_is_hidden_shows_it(browser: webdriver.Chrome, report: Path) -> None:
    look(browser, report, VIEWS[0])
    shown = "return document.querySelectorAll('.statement:not([hidden])').length"
    assert browser.execute_script(shown) == len(RECORD.statements)
    Select(browser.find_element(By.NAME, "a")).select_by_value("promise")
    promises = [s for s in RECORD.statements if s.act == "promise"]
    assert browser.execute_script(shown) == len(promises)
    assert browser.find_element(By.TAG_NAME, "output").text == f"{len(promises)} à l’écran"
    denied = next(s for s in RECORD.statements if s.act == "deny")
    browser.find_element(By.CSS_SELECTOR, f'.no[href="#s-{denied.id}"]').click()
    assert browser.execute_script(shown) == len(RECORD.statements)
    assert _in_sight(browser, f"s-{denied.id}")


def test_all_of_it_reads_without_script(browser: webdriver.Chrome, report: Path) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        look(browser, report, VIEWS[0])
        assert not browser.find_element(By.ID, "filter").is_displayed()
        statements = browser.find_elements(By.CLASS_NAME, "statement")
        assert len(statements) == len(RECORD.statements)
        assert all(statement.is_displayed() for statement in statements)
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_hostile_articles_run_nothing_and_overflow_nothing(browser: webdriver.Chrome, tmp_path: Path) -> None:
    words = "<script>document.title='owned'</script>\u202e" + "x" * 3_000 + "<img src=https://x.example/a>"
    article = Article(
        name=words, text=words, language="en", outlet=words, title=words, published="2023-01-22"
    )
    statement = Statement(
        article_id=article.id, by="t", content=((0, len(words)),), form="direct", speaker=words, said=words
    )
    write_report(tmp_path / "report.html", *Record([article], [statement], [], []), title=words[:80])
    requests(browser)
    for view in VIEWS:
        look(browser, tmp_path / "report.html", view)
        assert browser.title.startswith("<script>")
        assert browser.execute_script("return document.documentElement.scrollWidth") <= view.width
    assert requests(browser) == {(tmp_path / "report.html").as_uri()}
    assert browser.get_log("browser") == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_prints(browser: webdriver.Chrome, report: Path, tmp_path: Path, scheme: str) -> None:
    look(browser, report, View(1200, scheme))
    sheet = browser.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True, "printBackground": True})
    path = tmp_path / "report.pdf"
    path.write_bytes(base64.b64decode(sheet["data"]))
    assert path.read_bytes().startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b", path.read_bytes())) in range(6, 20)
    if not shutil.which("pdftotext"):
        pytest.skip("needs pdftotext to read the page back (Debian: apt-get install poppler-utils)")
    done = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True)
    text = " ".join(done.stdout.decode("utf-8").split())
    assert "n’a PAS nié ni exclu" in text
    assert "(https://courrier-valmont.example/2023/01/23/lac-vert)" in text.replace(" ", "")
    assert "Ne montrer que" not in text
