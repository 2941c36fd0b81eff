"""What is wrong with a page as it stands: at each size, by day and by night, as a person with a
phone and a person with a screen reader would notice.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

AXE = next((Path(__file__).parent.parent / "vendor").glob("axe-core-*/axe.min.js")).read_text()
EVERYTHING = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
COLOURS = ["color-contrast", "link-in-text-block"]
WORDS = [*COLOURS, "target-size", "html-has-lang", "valid-lang"]
PHONE_AND_LAPTOP = [(390, 844), (1280, 844)]

# The smaller side of what is tapped, in CSS pixels. Links within a sentence are exempt,
# as in WCAG 2.2, 2.5.8.
SMALL_TARGETS = """() => [...document.querySelectorAll(
    "button, summary, .button, .choice, .tabs a, .top a, select, textarea, "
    + "input:not([type=hidden], [type=radio], [type=checkbox])")]
  .filter((e) => e.checkVisibility() && e.getBoundingClientRect().height > 0)
  .filter((e) => Math.min(e.getBoundingClientRect().height, e.getBoundingClientRect().width) < 43.5)
  .map((e) => e.outerHTML.slice(0, 120))"""

HIDDEN_YET_SEEN = """() => [...document.querySelectorAll("[hidden]")]
  .filter((e) => e.checkVisibility())
  .map((e) => e.outerHTML.slice(0, 120))"""

# Browsers fill what they draw themselves with grey by night, as if it were disabled. Our colours
# are oklch(), theirs rgb().
LOOKS_DISABLED = """() => [...document.querySelectorAll(
    "input:not([type=hidden], [type=file]), select, textarea")]
  .filter((e) => e.checkVisibility() && !e.disabled)
  .filter((e) => /^rgb\\(/.test(getComputedStyle(e).backgroundColor)
    || (/radio|checkbox/.test(e.type) && getComputedStyle(e).appearance !== "none"))
  .map((e) => e.outerHTML.slice(0, 120))"""

# Placeholders that are longer than their field.
CUT_OFF = """() => [...document.querySelectorAll("input[placeholder]")]
  .filter((e) => e.checkVisibility())
  .filter((e) => {
    const pencil = document.createElement("canvas").getContext("2d");
    const { font, paddingLeft, paddingRight } = getComputedStyle(e);
    pencil.font = font;
    const room = e.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
    return pencil.measureText(e.placeholder).width > room;
  })
  .map((e) => e.placeholder)"""

# The tab of the page that one is on.
OUT_OF_SIGHT = """() => [...document.querySelectorAll(".tabs [aria-current]")]
  .filter((e) => e.getBoundingClientRect().right > e.parentElement.getBoundingClientRect().right)
  .map((e) => e.textContent.trim())"""

SIDEWAYS = """() => document.documentElement.scrollWidth > document.documentElement.clientWidth
  ? [document.documentElement.scrollWidth] : []"""

# All of these in one question.
IN_SIGHT = ", ".join(
    f'"{what}": ({found})()'
    for what, found in {
        "small": SMALL_TARGETS,
        "not hidden": HIDDEN_YET_SEEN,
        "looks disabled": LOOKS_DISABLED,
        "cut off": CUT_OFF,
        "out of sight": OUT_OF_SIGHT,
        "scrolls sideways": SIDEWAYS,
    }.items()
)

# How far what one reads has moved since the page began to show: a share of the window, times one of
# what moved. Nothing does, but for a door, which shows the buttons of its camera once it knows that
# there is one.
MOVED = """() => new Promise((tell) => {
  let moved = 0;
  const seen = (list) => list.getEntries().forEach((entry) => (moved += entry.value));
  new PerformanceObserver(seen).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => tell(moved), 50);
})"""

# Of what is as it should be, which is thousands of tags, axe-core would tell how each is found.
VIOLATIONS = """async (asked) => {
  const found = await axe.run({ runOnly: asked, resultTypes: ["violations"] });
  return found.violations;
}"""


def problems_at(window: Any, page: str, *, briefly: bool = False) -> list[str]:
    """Opens the page once: it is the same text at every size and in every colour."""
    window.open(page)
    moved = window.tab.evaluate(MOVED)
    has_moved = moved > 0 and "/door" not in page
    shifts = [f"{window.url} moved by {moved:.3f}"] if has_moved else []
    return shifts + problems_of(window, briefly=briefly)


def problems_of(
    window: Any, sizes: Sequence[tuple[int, int]] = PHONE_AND_LAPTOP, *, briefly: bool = False
) -> list[str]:
    """axe-core takes longest. It checks everything once at each size, and the colours by day and by
    night at the first. `briefly`, for a page in another language, which differs in its words:
    what depends on them, at the last size.
    """
    axe = {(sizes[-1], "dark"): WORDS}
    if not briefly:
        axe |= {(size, "dark"): EVERYTHING for size in sizes}
        axe |= {(sizes[0], "light"): EVERYTHING, (sizes[0], "dark"): COLOURS}
    problems = []
    for size in sizes:
        window.tab.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
        for scheme in ("light", "dark"):
            window.tab.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            in_sight = window.tab.evaluate(f"() => ({{{IN_SIGHT}}})")
            seen = [f"{what}: {one}" for what, found in in_sight.items() for one in found]
            seen += violations(window, axe.get((size, scheme), []))
            problems += [f"{window.url} at {size[0]}, {scheme}: {one}" for one in seen]
    return problems


def violations(window: Any, asked: Sequence[str] = EVERYTHING) -> list[str]:
    """What axe-core finds. `asked` are its tags, or its rules."""
    if not asked:
        return []
    if not window.tab.evaluate("() => 'axe' in window"):
        window.tab.evaluate(AXE)
    return [
        f"{one['id']}: {node['html'][:140]} ({node['any'][0]['message'] if node['any'] else ''})"
        for one in window.tab.evaluate(VIOLATIONS, asked)
        for node in one["nodes"]
    ]
