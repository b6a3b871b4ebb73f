"""A small site with checklists in a real browser, and what a reader does there; what tests of the form share."""

from __future__ import annotations

import io
import json
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from case import lay_out
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from pypdf import PdfReader
from site_build import build_strictly

DRILL, VAULT, PLAN, NIGHT = (
    f"{start}-acc0-4749-8f1f-efa8cfb5eb89" for start in ("7e063160", "78b95e10", "33fe1493", "a0b1c2d3")
)
OLD = "11112222-acc0-4749-8f1f-efa8cfb5eb89"
SETTINGS = f"""
site_name: Site
site_url: ADDRESS
docs_dir: content
theme: {{name: material, font: false, features: [navigation.instant]}}
plugins: [search, guidekit: {{overview: all.md, verification: 'Tick if:', severity: {{verification-missing: suggestion}}, services: {{aks: {{label: Kubernetes, names: [AKS, k8s]}}, blob: Storage, keys: Keys, cross-service: Every}}, aliases: {{{OLD}: {VAULT}}}}}]
markdown_extensions: [toc: {{permalink: true}}]
"""
STATEMENTS = {
    DRILL: "Restores are drilled",
    VAULT: "Backups are in a vault",
    PLAN: "=1+1 is a <plan>",
    NIGHT: "A night is covered",
}
SERVICES = {VAULT: "service: [keys, cross-service]\n", PLAN: "service: aks\n", NIGHT: "service: [blob, aks]\n"}
TICK = {PLAN: "\n**Tick if:** both are true.\n\n- The *plan* is signed.\n- It is from this year.\n"}
ENOUGH = (
    "These are the words that guidance needs before the check takes it for guidance at all, and they come to twenty."
)


def fragment(guid: str, severity: str) -> str:
    """Write an item's guidance: a goal, and its steps, but for one that has none."""
    steps = "" if guid == NIGHT else f"1. First of *{guid[:2]}*. And more.\n   - a part\n2. Second.\n"
    return (
        f"---\ntitle: T\nms.uid: {guid}\nms.assessment_question: {json.dumps(STATEMENTS[guid])}\nseverity: {severity}\n"
        f"waf: Reliability\n{SERVICES.get(guid, '')}---\n## Heading {severity} {guid[:2]}\n\nGoal of {guid[:2]}. {ENOUGH}\n\n{steps}"
        f"{TICK.get(guid, '')}"
    )


def item(guid: str) -> str:
    """Write an item on a page."""
    return f"<!-- {STATEMENTS[guid]} -->\n[!include[{guid}](../includes/{guid}.md)]\n\n"


def header(title: str, question: str = "") -> str:
    """Write a page's head."""
    asked = f'ms.custom: "{question}"\n' if question else ""
    return f"---\ntitle: {title}\ndescription: Words.\n{asked}---\n# {title}\n\nOpening words.\n\n"


FILES: dict[str, str | bytes] = {
    "content/index.md": header("Home") + "[Guide](guide.md), [short](short.md), [website](https://example.com/)\n",
    "content/guide.md": header("Guide", "Can you recover?")
    + item(DRILL)
    + item(VAULT)
    + item(PLAN)
    + item(NIGHT)
    + "[A website](https://example.com/read)\n",
    "content/short.md": header("Short", "Is it backed up?") + item(VAULT),
    "content/all.md": header("All"),
    **{
        f"includes/{guid}.md": fragment(guid, severity)
        for guid, severity in ((DRILL, "Low"), (VAULT, "High"), (PLAN, "Medium"), (NIGHT, "High"))
    },
}
KEY = "/.guidekit.v1"

Open = Callable[..., Page]


class Handler(SimpleHTTPRequestHandler):
    """Serves files without a word."""

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.fixture(scope="module")
def checklist_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lay the small site out, and answer the folder that it is to be built in."""
    return lay_out(tmp_path_factory.mktemp("small"), FILES) / "site"


@pytest.fixture(scope="module")
def checklist_address(checklist_site: Path) -> Iterator[str]:
    """Build the small site strictly, and serve it: instant navigation wants to know the address beforehand."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(checklist_site)))
    address = f"http://127.0.0.1:{server.server_address[1]}/"
    lay_out(checklist_site.parent, {"mkdocs.yml": SETTINGS.replace("ADDRESS", address)})
    build_strictly(checklist_site.parent)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield address
    server.shutdown()
    server.server_close()


@pytest.fixture
def open_checklist(browser: Browser, checklist_address: str) -> Iterator[Open]:
    """Open pages; what they ask for elsewhere, and what goes wrong in their scripts, fails the test."""
    troubles: list[str] = []
    contexts: list[BrowserContext] = []

    def open_page(
        path: str = "guide/",
        *,
        width: int = 1280,
        scheme: str = "light",
        scripts: bool = True,
        stored: object = None,
        before: str = "",
        beside: Page | None = None,
    ) -> Page:
        context = (
            beside.context
            if beside
            else browser.new_context(
                viewport={"width": width, "height": 900},
                color_scheme=scheme,
                java_script_enabled=scripts,
                permissions=["clipboard-read", "clipboard-write"],
            )
        )
        contexts.append(context)
        if stored is not None:
            value = json.dumps(stored if isinstance(stored, str) else json.dumps(stored))
            before += f"; localStorage.getItem('{KEY}') ?? localStorage.setItem('{KEY}', {value})"
        if before:
            context.add_init_script(before)
        page = context.new_page()
        page.on("request", lambda request: None if near(request.url) else troubles.append(request.url))
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.goto(checklist_address + path, wait_until="load")
        return page

    def near(url: str) -> bool:
        return url.startswith((checklist_address, "data:", "blob:"))

    yield open_page
    for context in contexts:
        context.close()
    assert troubles == []


def entry(page: Page, guid: str) -> Locator:
    """Find an item."""
    return page.locator(f"li[data-guid='{guid}']")


def box(page: Page, guid: str) -> Locator:
    """Find the choice that an item is in place, in the list."""
    return entry(page, guid).get_by_label("In place", exact=True)


def beside(page: Page, guid: str) -> Locator:
    """Find the choice of an answer beside an item's guidance."""
    return page.locator(f".guidekit-check select[data-box='{guid}']")


def status(page: Page) -> Locator:
    """Find the sentence that says how far one is."""
    return page.get_by_role("status").and_(page.locator(".guidekit-checklist__status"))


def says(page: Page, in_place: int, gaps: int, others: int = 0, total: int = 4) -> None:
    """Wait until the sentence says how far one is."""
    answered = in_place + gaps + others
    rest = f"{in_place} in place, {gaps} gap{'' if gaps == 1 else 's'}, {others} not needed"
    expect(status(page)).to_have_text(f"{answered} of {total} answered" + (f": {rest}" if answered else ""))


def opened(page: Page, guid: str) -> Locator:
    """Open an item's owner, date and note."""
    details = entry(page, guid).locator("details")
    if details.get_attribute("open") is None:
        details.locator("summary").click()
    return details


def answer(page: Page, guid: str, state: str, note: str = "") -> None:
    """Give an item a status and a note."""
    if state:
        entry(page, guid).get_by_label(state, exact=True).check()
    if note:
        opened(page, guid).get_by_label("Note").fill(note)
        entry(page, guid).get_by_label("Note").blur()


def unanswer(page: Page, guid: str) -> None:
    """Take an item's answer back."""
    opened(page, guid).get_by_role("button", name="Remove the answer").click()


def show(page: Page, word: str) -> None:
    """Filter the items by an answer, or show all."""
    values = {"All": "all", "Not answered": "", "Gap": "g", "In place": "i", "Not required": "r", "Not applicable": "n"}
    page.get_by_label("Show").focus()
    page.get_by_label("Show").select_option(values[word])


def button(page: Page, name: str) -> Locator:
    """Find a button by the word that the script knows it by, and open the menu or the plan that it is in."""
    found = page.locator(f"guidekit-checklist [data-do='{name}']")
    around = found.locator("xpath=ancestor::details[1]")
    if around.count() and around.get_attribute("open") is None:
        around.locator("summary").click()
    return found


def press(page: Page, name: str) -> None:
    """Use one of the tools."""
    button(page, name).click()


def reply(page: Page, name: str, text: str = "") -> str:
    """Answer the dialog, and tell what it asked, with each line that stands below."""
    dialog = page.get_by_role("dialog").and_(page.locator(".guidekit-dialog"))
    expect(dialog).to_be_visible()
    asked = "\n".join(dialog.locator("p, li").all_inner_texts())
    if text:
        dialog.get_by_label("Name").fill(text)
    dialog.get_by_role("button", name=name, exact=True).click()
    expect(dialog).to_be_hidden()
    page.evaluate("new Promise(done => setTimeout(done))")  # what follows the answer is done
    return asked


def take_over(page: Page, way: str) -> str:
    """Take the answers of a link over, and tell what the dialog asked."""
    page.get_by_role("button", name="Take over").click()
    return reply(page, way)


def download(page: Page, name: str) -> tuple[str, bytes]:
    """Export, and answer the file's name and content."""
    with page.expect_download() as caught:
        press(page, name)
    return caught.value.suggested_filename, caught.value.path().read_bytes()


def give(page: Page, name: str, content: bytes) -> None:
    """Import a file."""
    with page.expect_file_chooser() as caught:
        press(page, "Import")
    caught.value.set_files([{"name": name, "mimeType": "text/plain", "buffer": content}])


def stored(**items: dict[str, str]) -> dict[str, object]:
    """Make what the browser keeps for one workload."""
    return {"v": 1, "current": "1", "workloads": {"1": {"name": "My workload", "items": items}}}


NOTE = '=SUM(1),\n- [x] "quoted"; ünï ☃'


def answered(open_page: Open) -> Page:
    """Open the guide and answer most of it."""
    page = open_page()
    answer(page, DRILL, "In place")
    answer(page, VAULT, "Gap", NOTE)
    details = opened(page, VAULT)
    details.get_by_label("Owner").fill("Ada [Ops]")
    details.get_by_label("Due").fill("2027-01-31")
    details.get_by_label("Evidence").fill("https://example.com/a_b")
    details.get_by_label("Evidence").blur()
    answer(page, PLAN, "Not applicable")
    return page


def paper(page: Page) -> str:
    """Read what is on paper."""
    return "\n".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf(format="A4"))).pages)
