// Enhancements for all pages. Every page and every form works without them.
"use strict";

// Shows visitors in another time zone their own time beside the event's.
function showLocalTimes() {
  for (const place of document.querySelectorAll("[data-here][hidden]")) {
    const { dateTime, dataset } = place.parentElement.querySelector("time");
    const clock = (timeZone) =>
      new Date(dateTime).toLocaleString(document.documentElement.lang, {
        timeZone,
        weekday: "short",
        hour: "2-digit",
        minute: "2-digit",
        hourCycle: "h23",
      });
    const here = clock();
    if (here === clock(dataset.tz)) continue;
    place.textContent = place.dataset.here.replace("{time}", here);
    place.hidden = false;
  }
}

// Android opens its own map by a `geo:` address, which other systems do not know.
function useOwnMap() {
  if (!/\bAndroid\b/.test(navigator.userAgent)) return;
  for (const link of document.querySelectorAll("a[data-geo]")) link.href = link.dataset.geo;
}

// Shows the buttons that need JavaScript.
function showHelpers() {
  for (const button of document.querySelectorAll("[data-copy], [data-share]")) {
    button.hidden = button.dataset.share !== undefined && !navigator.share;
  }
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-copy], [data-share]");
  if (!button) return;
  if (button.dataset.share !== undefined) {
    await navigator.share({ title: document.title, url: button.dataset.share }).catch(() => {});
  } else {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.querySelector("[data-label]").textContent = button.dataset.done;
  }
});

// Looks at an address for a mistyped domain, beside the field. Fetched once somebody types one.
document.addEventListener("input", ({ target: field }) => {
  const place = field.parentElement.querySelector("[data-yes]");
  if (place) import(place.dataset.script).then(({ check }) => check(field, place), () => {});
});

// If no answer comes, or a 5xx, which htmx does not swap, the page stays and shows a message.
function sayNoAnswer({ detail: { ctx } }) {
  if (ctx.response?.status < 500 || ctx.sourceElement.matches("[hx-trigger^=every]")) return;
  const notice = document.querySelector("#notice");
  notice.replaceChildren(document.querySelector("#no-answer").content.cloneNode(true));
  notice.scrollIntoView({ block: "nearest" });
}

function forgetNoAnswer() {
  document.querySelector("#notice > [data-code=no_answer]")?.remove();
}

// While the page is parsed and after each swap, before the browser paints: nothing is seen to jump.
new MutationObserver(() => {
  showLocalTimes();
  showHelpers();
  useOwnMap();
}).observe(document, { childList: true, subtree: true });

// Clears a form with `data-again` after each answer, for instance for a hand-held scanner.
function clearForNext({ sourceElement, response }) {
  if (response.status < 400 && sourceElement.matches("form[data-again]")) sourceElement.reset();
}

// Sent to another place of the page that is open, a browser would only scroll there: load it anew.
function loadAnew({ detail: { ctx } }) {
  const to = ctx.hx.redirect && new URL(ctx.hx.redirect, location);
  if (!to || !to.hash || to.href.split("#")[0] !== location.href.split("#")[0]) return;
  location.replace(to);
  ctx.hx.refresh = "true";
}

// Fetched last: until the network fails, a page does without. Where it has failed already, the page
// says of each request that it did not get through.
addEventListener("load", () => {
  const bar = document.querySelector("#network");
  if (bar) import(bar.dataset.script).then(({ begin }) => begin(bar), () => {});
});

document.addEventListener("htmx:before:request", forgetNoAnswer);
document.addEventListener("htmx:after:request", loadAnew);
document.addEventListener("htmx:response:error", sayNoAnswer);
document.addEventListener("htmx:error", sayNoAnswer);
document.addEventListener("htmx:after:swap", (event) => clearForNext(event.detail.ctx));
document.addEventListener("DOMContentLoaded", () => {
  // On a phone the row of tabs may be wider than the screen: scroll to the current one.
  document
    .querySelector(".tabs [aria-current]")
    ?.scrollIntoView({ block: "nearest", inline: "center" });
});
