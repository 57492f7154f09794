"""What must hold of every page that is looked at: it fits, axe finds nothing, the keyboard reaches all of it and gets out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page as Tab

from tests.e2e.pages import AXE, DESK, WIDTHS

INSIDE = 25  # a frame's own controls, at most
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "resultTypes": ["violations"]}

# Called with every element that the Tab key comes to; a fault is kept by its words.
FOLLOW = """() => {
  const say = it => `<${it.tagName.toLowerCase()}> ${(it.name || it.id || it.textContent || it.src || '').trim().slice(0, 40)}`;
  const stops = new Set();
  const faults = new Set();
  const rings = (it, part) => {
    const style = getComputedStyle(it, part);
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
  };
  const ringed = it => rings(it) || rings(it, '::after') || [...(it.labels || [])].some(label => rings(label));
  addEventListener('focusin', event => {
    const it = event.target;
    stops.add(it);
    if (it.tagName !== 'IFRAME' && !ringed(it)) faults.add(`focus is not seen on ${say(it)}`);
  }, true);
  const wanted = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, video[controls], [tabindex]')]
    .filter(it => !it.matches(':disabled') && it.tabIndex >= 0 && it.type !== 'hidden' && it.checkVisibility({visibilityProperty: true}))
    .filter(it => !it.closest('details:not([open])') || it.matches('details > summary'))
    .filter(it => it.tagName !== 'INPUT' || it.type !== 'radio' || it.checked || !document.querySelector(`input[name="${CSS.escape(it.name)}"]:checked`));
  window.looked = () => {
    const radios = new Set([...stops].filter(it => it.type === 'radio').map(it => it.name));
    for (const it of wanted)
      if (!stops.has(it) && !(it.type === 'radio' && radios.has(it.name))) faults.add(`Tab does not reach ${say(it)}`);
    const order = [...stops].filter(it => it.isConnected);
    for (let at = 1; at < order.length; at++)
      if (order[at - 1].compareDocumentPosition(order[at]) & Node.DOCUMENT_POSITION_PRECEDING) faults.add(`Tab jumps back to ${say(order[at])}`);
    for (const it of document.querySelectorAll('[role=button]:not(button), a:not([href]), [tabindex]:not([tabindex="0"]):not([tabindex="-1"])'))
      faults.add(`no control for a keyboard: ${say(it)}`);
    return [...faults];
  };
  document.activeElement.blur();
  return wanted.length;
}"""

ARRIVED = """async () => {
  const frame = () => new Promise(requestAnimationFrame);
  await frame();
  for (let left = 120; left && document.getAnimations().some(it => it.playState === 'running'); left -= 1) await frame();
  await frame();
}"""


def wrong_on(tab: Tab) -> Iterator[str]:
    """One line for each fault of the page that is open, in both themes and at three widths."""
    _turn(tab, "light")
    for width in WIDTHS:
        tab.set_viewport_size({"width": width, "height": DESK["height"]})
        wide = tab.evaluate("() => document.documentElement.scrollWidth")
        if wide > width:
            yield f"{wide} px wide on a screen of {width}: {_widest(tab)}"
        if width == WIDTHS[0]:
            yield from _axe(tab, AXE, "light")
    _turn(tab, "dark")
    yield from _axe(tab, CONTRAST, "dark")
    yield from _keyboard(tab)


def _turn(tab: Tab, theme: Any) -> None:
    """The other theme, once every colour has arrived."""
    tab.emulate_media(color_scheme=theme, reduced_motion="reduce")
    tab.evaluate(ARRIVED)


def _axe(tab: Tab, options: dict[str, Any], theme: str) -> list[str]:
    found = Axe().run(tab, options=options).response["violations"]
    return [
        f"{theme}: {it['id']}: {node['html'][:140]} — {node['any'][0]['message'] if node['any'] else it['help']}"
        for it in found
        for node in it["nodes"][:3]
    ]


def _keyboard(tab: Tab) -> list[str]:
    """Tab from the top past everything that takes the focus; a page that held it would leave the rest unreached."""
    wanted = tab.evaluate(FOLLOW)
    inside = INSIDE * tab.locator("iframe, video[controls]").count()
    for _press in range(wanted + inside + 5):
        tab.keyboard.press("Tab")
    return tab.evaluate("() => window.looked()")


def _widest(tab: Tab) -> str:
    return tab.evaluate("""() => {
      const width = document.documentElement.clientWidth;
      const out = [...document.querySelectorAll('main *')].filter(it => it.getBoundingClientRect().right > width + 1);
      return out.slice(0, 3).map(it => `<${it.tagName.toLowerCase()} class="${it.className}"> ${it.textContent.trim().slice(0, 40)}`).join(', ');
    }""")
