"""The list of all items: how the services of a workload are found and chosen, which items apply then, and why."""

from __future__ import annotations

import re
import time
from pathlib import Path, PurePosixPath

import pytest
from accessibility import COLORS, LEVELS, violations
from checklist_site import (
    NIGHT,
    PLAN,
    VAULT,
    Open,
    entry,
    press,
    reply,
    says,
    stored,
)
from playwright.sync_api import Locator, Page, Route, expect

from guidekit import setting_values
from guidekit.library import verification
from guidekit.syntax import document
from guidekit.syntax.document import Document
from guidekit.text.source import Source

EVERY = ["Backups are in a vault", "A night is covered", "Restores are drilled"]
"""The items that apply to a workload with storage."""


@pytest.fixture(name="open_page")
def _open_page(open_checklist: Open) -> Open:
    return open_checklist


def listed(page: Page) -> Locator:
    """Find the statements of the items that are listed."""
    return page.locator(".guidekit-item__statement:visible")


def summary(page: Page) -> Locator:
    """Find what tells which services are chosen."""
    return page.locator(".guidekit-scope > summary")


def count(page: Page) -> Locator:
    """Find the line that says how many items are listed."""
    return page.locator(".guidekit-scope__listed [role=status]")


def scope(*services: str) -> dict[str, object]:
    """Make what the browser keeps of a workload with services and no answer."""
    return {"v": 1, "current": "1", "workloads": {"1": {"name": "My workload", "items": {}, "scope": list(services)}}}


def test_services_choose_the_items(open_page: Open) -> None:
    """Chosen services leave the items of any of them and those of every service; they are kept for the workload."""
    page = open_page("all/")
    expect(page.locator(".guidekit-scope label > span")).to_have_text(["Keys", "Kubernetes", "Storage"])
    page.get_by_label("Storage").check()
    expect(listed(page)).to_have_text(EVERY)
    says(page, 0, 0, total=3)
    page.reload()
    expect(listed(page)).to_have_text(EVERY)
    expect(summary(page)).to_have_text("Services: Storage")
    press(page, "Add")
    reply(page, "Add", "Shop")
    says(page, 0, 0)
    expect(summary(page)).to_have_text("Choose your services")


def test_choice_is_open_where_nothing_is_chosen(open_page: Open) -> None:
    """A reader who has chosen nothing sees the services at once, one who has sees the items; a link to the services opens them."""
    expect(open_page("all/").get_by_label("Find a service")).to_be_visible()
    page = open_page("all/", stored=scope("blob"))
    expect(summary(page)).to_have_text("Services: Storage")
    expect(page.get_by_label("Find a service")).to_be_hidden()
    page = open_page("all/#guidekit-services", stored=scope("blob"))
    expect(page.get_by_label("Find a service")).to_be_visible()


def test_service_is_found_by_any_of_its_names(open_page: Open) -> None:
    """The beginning of a word of any name leaves the services that have it, Enter chooses the only one; none is told."""
    page = open_page("all/")
    find, labels = page.get_by_label("Find a service"), page.locator(".guidekit-scope label:visible > span")
    find.press_sequentially("AK")
    expect(labels).to_have_text(["Kubernetes"])
    find.press("Enter")
    expect(summary(page)).to_have_text("Services: Kubernetes")
    find.fill("ey")  # not where a word begins
    expect(labels).to_have_count(0)
    expect(page.get_by_text("No service is called this.")).to_be_visible()
    find.fill("k")
    expect(labels).to_have_text(["Keys", "Kubernetes"])
    find.press("Enter")  # which of the two is not said
    expect(summary(page)).to_have_text("Services: Kubernetes")


@pytest.mark.parametrize("name", ["aks", "K8s", "kubernetes"])
def test_link_chooses_services_by_any_of_their_names(open_page: Open, name: str) -> None:
    """A link may name services as people do; they are shown, are not kept, and what no service is called chooses none."""
    page = open_page(f"all/?service={name},ak,none", stored=stored(**{VAULT: {"s": "g"}}))
    expect(summary(page)).to_have_text("Services: Kubernetes")
    page.goto(page.url.partition("?")[0])
    expect(summary(page)).to_have_text("Choose your services")


def test_list_says_how_many_items_apply_and_why(open_page: Open) -> None:
    """With services chosen, the list says how many of how many items apply, and each item to what; so does its head."""
    page = open_page("all/?service=aks")
    expect(count(page)).to_have_text(
        "4 of 4 items apply. Those that name your services: 2. Those for every service: 2."
    )
    lines = page.locator(".guidekit-item__applies")
    every = "Applies to every service"
    expect(lines).to_have_text([every, "Applies to Kubernetes", "Applies to Kubernetes", every])
    head = page.locator(".guidekit-checklist__progress")
    assert head.evaluate("it => getComputedStyle(it, '::after').content") == '"Services: Kubernetes"'
    page.goto(page.url.replace("aks", "keys"))
    expect(lines.first).to_have_text("Applies to every service, and names Keys")
    page.goto(page.url.partition("?")[0])
    expect(count(page)).to_have_text("All 4 items are listed.")
    expect(lines.nth(1)).to_have_text("Applies to Storage, Kubernetes")


def test_one_button_shows_all_items_again(open_page: Open) -> None:
    """Of a link's services the button leaves none, and those of the reader are as before; of the reader's own it leaves none."""
    page = open_page("all/?service=keys", stored=scope("blob"))
    expect(listed(page)).to_have_text(["Backups are in a vault", "Restores are drilled"])
    page.get_by_role("button", name="Show all items").click()
    expect(listed(page)).to_have_count(4)
    expect(summary(page)).to_be_focused()
    expect(page.get_by_role("button", name="Show all items")).to_be_hidden()
    page.goto(page.url.partition("?")[0])
    expect(listed(page)).to_have_text(EVERY)
    page.get_by_role("button", name="Show all items").click()
    expect(listed(page)).to_have_count(4)
    page.reload()
    expect(listed(page)).to_have_count(4)


def test_item_says_when_to_tick_it(open_page: Open) -> None:
    """An item of the list has the conditions of its guidance, folded; one whose guidance has none has nothing to unfold."""
    page = open_page("all/")
    told = entry(page, PLAN).locator(".guidekit-item__verification")
    told.locator("summary").click()
    expect(told.locator("summary")).to_have_text("Tick if: both are true. for “=1+1 is a <plan>”")
    expect(told.locator("li")).to_have_text(["The plan is signed.", "It is from this year."])
    expect(entry(page, NIGHT).locator(".guidekit-item__verification")).to_have_count(0)


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_moves_while_services_are_chosen(open_page: Open, width: int) -> None:
    """The layout does not shift where a link names services, though the script comes late."""
    watch = "window.shifts = []; new PerformanceObserver(list => shifts.push(...list.getEntries().map(e => e.value))).observe({ type: 'layout-shift', buffered: true })"
    page = open_page(width=width, before=watch)
    address = page.url.replace("guide/", "all/?service=aks")

    def late(route: Route) -> None:
        time.sleep(0.4)
        route.continue_()

    page.route("**/checklist-overview.min.js", late)
    page.goto(address)
    expect(count(page)).to_contain_text("4 of 4 items apply.")
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert page.evaluate("shifts") == []


def test_list_is_whole_without_its_script(open_page: Open) -> None:
    """Where the script of the services does not come, the list is there all the same, and can be answered."""
    page = open_page()
    page.route("**/checklist-overview.min.js", lambda route: route.abort())
    page.goto(page.url.replace("guide/", "all/"))
    entry(page, VAULT).get_by_label("Gap", exact=True).check()
    says(page, 0, 1)


def test_list_works_on_a_page_that_came_without_a_reload(open_page: Open) -> None:
    """With instant navigation, services choose the items at the second visit as at the first."""
    page = open_page("all/")
    page.evaluate("window.stayed = true")
    page.get_by_label("Storage").check()
    page.get_by_role("link", name="Short", exact=True).first.click()
    expect(page.get_by_role("heading", level=1, name="Short")).to_be_visible()
    page.get_by_role("link", name="All", exact=True).first.click()
    expect(page.get_by_role("heading", level=1, name="All")).to_be_visible()
    expect(listed(page)).to_have_text(EVERY)
    page.get_by_role("button", name="Show all items").click()
    expect(listed(page)).to_have_count(4)
    assert page.evaluate("window.stayed")


@pytest.mark.parametrize("width", [1280, 390])
def test_list_has_no_accessibility_faults(open_page: Open, width: int) -> None:
    """Axe finds nothing in the list with services chosen and everything open, light and dark."""
    page = open_page("all/?service=aks", width=width)
    expect(summary(page)).to_have_text("Services: Kubernetes")
    page.evaluate("document.querySelectorAll('guidekit-checklist details').forEach(it => it.open = true)")
    page.get_by_label("Find a service").fill("none such")
    assert violations(page, LEVELS, "guidekit-checklist") == []
    page.evaluate("document.body.dataset.mdColorScheme = 'slate'")
    page.get_by_label("Find a service").fill("")
    assert violations(page, COLORS, "guidekit-checklist") == []


def test_script_of_the_list_never_writes_html(project: Path) -> None:
    """What readers, files and links say is text to the script."""
    source = (project / "plugins/guidekit/assets/checklist-overview.js").read_text(encoding="utf-8")
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval", source)


def test_only_the_list_loads_what_it_needs(checklist_site: Path, open_page: Open) -> None:
    """A guide's own page has neither the script nor the style of the list."""
    open_page("all/")
    assert "checklist-overview" in (checklist_site / "all/index.html").read_text(encoding="utf-8")
    assert "checklist-overview" not in (checklist_site / "guide/index.html").read_text(encoding="utf-8")


def fragment(body: str) -> Document:
    """Parse a fragment."""
    return document.parse(Source(path=PurePosixPath("includes/a.md"), text=body))


@pytest.mark.parametrize(
    ("body", "opening", "conditions"),
    [
        ("**Tick if:** it is *true*.\n\n- One\n- Two\n", "Tick if: it is true.", ("One", "Two")),
        ("### Tick if\n\nOne\n\n#### Deeper\n\nTwo\n\n### Other\n\nThree\n", "Tick if", ("One", "Deeper", "Two")),
        ("TICK IF it is true\n", "TICK IF it is true", ()),
    ],
)
def test_verification_is_read_as_texts(body: str, opening: str, conditions: tuple[str, ...]) -> None:
    """How to verify an item is the line with the words of the setting, and a text for each block below it."""
    read = verification.read(fragment(f"## Heading\n\nText.\n\n{body}"), "Tick if:")
    assert read == verification.Verification(opening=opening, conditions=conditions)


@pytest.mark.parametrize(("body", "opening"), [("Tick ifs\n", "Tick if:"), ("Text\n", "Tick if:"), ("Text\n", "")])
def test_text_without_the_words_has_no_verification(body: str, opening: str) -> None:
    """Where no block begins with the words, or there are none, nothing is read."""
    assert verification.read(fragment(body), opening) is None


@pytest.mark.parametrize("names", ["AKS", [1], ["a;b"], [""], {"a": 1}])
def test_names_of_a_service_are_a_list_of_names(names: object) -> None:
    """The other names of a service are a list of texts on one line, without a semicolon."""
    with pytest.raises(ValueError, match="name"):
        setting_values.services({"aks": {"label": "Kubernetes", "names": names}})
