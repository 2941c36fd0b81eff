"""Draw the pictures that phones and other sites show for us: the icons and the share picture.

    python tools/pictures.py

Needs the dev dependencies and Chromium. The icons are eventapp/ui/static/icon.svg in other sizes;
the share picture is SHARE below: a table at an evening out, seen from above. Look at the results.
"""

import base64
import io
import shutil
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

STATIC = Path(__file__).resolve().parent.parent / "eventapp/ui/static"
ICON = STATIC / "icon.svg"
ICON_PIXELS = (180, 192, 512)
SHARE_PIXELS = (1200, 630)  # what link previews crop to
CHROMIUM = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

SHARE = """<!doctype html>
<style>
  @font-face { font-family: Figtree; font-weight: 300 900; src: url(data:font/woff2;base64,FONT) }
  body { margin: 0 }
  text { font: 700 136px Figtree; letter-spacing: -.04em }
  .cream { fill: #fff3e0 }
  .amber { fill: #ffab2e }
  .coral { fill: #ff7a4d }
  .berry { fill: #d92f6d }
  .plum { fill: #6d2160 }
  .rings { fill: none; stroke: #fff3e0; stroke-width: 4 }
</style>
<svg width="1200" height="630">
  <defs>
    <linearGradient id="evening" x2="1" y2=".5">
      <stop stop-color="#220f27"/>
      <stop stop-color="#44153f" offset=".5"/>
      <stop stop-color="#8a2253" offset="1"/>
    </linearGradient>
    <circle id="beer" cx="768" cy="326" r="186"/>
    <circle id="wine" cx="990" cy="220" r="186"/>
    <circle id="spritz" cx="596" cy="100" r="134"/>
    <circle id="tonic" cx="1116" cy="530" r="166"/>
    <path id="word" d="M782 520a92 92 0 1 1 92 92H794a12 12 0 0 1-12-12z"/>
    <clipPath id="in-beer"><use href="#beer"/></clipPath>
    <clipPath id="in-wine"><use href="#wine"/></clipPath>
    <clipPath id="in-tonic"><use href="#tonic"/></clipPath>
    <path id="segment" d="M12 0 51-15.6A53 53 0 0 1 51 15.6z"/>
    <g id="quarter">
      <use href="#segment"/>
      <use href="#segment" transform="rotate(45)"/>
    </g>
  </defs>

  <rect width="1200" height="630" fill="url(#evening)"/>
  <g class="rings" stroke-opacity=".11" stroke-linecap="round">
    <circle cx="150" cy="86" r="172" stroke-dasharray="560 26 180 40"/>
    <circle cx="150" cy="86" r="152" stroke-width="3"/>
    <circle cx="350" cy="236" r="118" stroke-dasharray="560 40 90 51"
            transform="rotate(100 350 236)"/>
  </g>

  <use href="#spritz" class="plum"/>
  <use href="#tonic" class="plum"/>
  <use href="#word" class="coral"/>
  <use href="#wine" class="berry"/>
  <use href="#beer" class="amber"/>

  <use href="#beer" clip-path="url(#in-wine)" class="cream"/>
  <use href="#spritz" clip-path="url(#in-beer)" fill="#e8662b"/>
  <use href="#word" clip-path="url(#in-beer)" fill="#ffd08a"/>
  <use href="#word" clip-path="url(#in-tonic)" fill="#b93a62"/>
  <use href="#tonic" clip-path="url(#in-wine)" fill="#a02a66"/>

  <g class="rings" stroke-opacity=".38">
    <circle cx="768" cy="326" r="169"/>
    <circle cx="990" cy="220" r="169"/>
    <circle cx="596" cy="100" r="117"/>
    <circle cx="1116" cy="530" r="149"/>
  </g>
  <g class="cream" fill-opacity=".24">
    <rect x="1054" y="532" width="68" height="68" rx="13" transform="rotate(16 1088 566)"/>
    <rect x="1129" y="483" width="62" height="62" rx="13" transform="rotate(50 1160 514)"/>
  </g>
  <g class="cream">
    <circle cx="844" cy="526" r="9"/>
    <circle cx="874" cy="526" r="9"/>
    <circle cx="904" cy="526" r="9"/>
  </g>
  <g transform="translate(578 86) rotate(12)" class="amber">
    <circle r="72"/>
    <circle r="63" class="cream"/>
    <g stroke="#ffab2e" stroke-width="5" stroke-linejoin="round">
      <use href="#quarter"/>
      <use href="#quarter" transform="rotate(90)"/>
      <use href="#quarter" transform="rotate(180)"/>
      <use href="#quarter" transform="rotate(270)"/>
    </g>
  </g>
  <text x="72" y="552" class="cream">eventapp</text>
</svg>
"""


def share() -> str:
    (font,) = STATIC.glob("vendor/fontpkg-figtree-*/figtree.woff2")
    return SHARE.replace("FONT", base64.b64encode(font.read_bytes()).decode())


def icon() -> str:
    """The mark to the very edge: phones cut their own corners."""
    square = ICON.read_text(encoding="utf-8").replace(' rx="14"', "")
    return f"<!doctype html><style>body {{ margin: 0 }} svg {{ display: block }}</style>{square}"


def draw(page: Page, html: str, name: str, width: int, height: int) -> None:
    """Save the page as a small PNG.

    Drawn at twice the size and averaged, which removes Chromium's dithering of the gradient: its
    noise would quadruple the file.
    """
    page.set_viewport_size({"width": width, "height": height})
    page.set_content(html)
    page.evaluate("document.fonts.ready")
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB").reduce(2)
    picture = picture.quantize(256, dither=Image.Dither.NONE, kmeans=4)
    picture.save(STATIC / name, optimize=True)


def main() -> None:
    with sync_playwright() as playwright:
        chromium = playwright.chromium
        browser = chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM)
        page = browser.new_page(device_scale_factor=2)
        draw(page, share(), "share.png", *SHARE_PIXELS)
        for pixels in ICON_PIXELS:
            draw(page, icon(), f"icon-{pixels}.png", pixels, pixels)
        browser.close()


if __name__ == "__main__":
    main()
