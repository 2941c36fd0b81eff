// Counts down by the server's clock, whatever the phone's own says, with or without a network.

// How far the server's clock is ahead of this one, in milliseconds.
export const ahead = (serverTime, heardAt) => Date.parse(serverTime) - heardAt;

// Whole seconds until an instant; 0 once it has passed.
export const secondsUntil = (until, now) =>
  Math.max(0, Math.ceil((Date.parse(until) - now) / 1000));

// 4:05, or 1:00:00.
export function inWords(seconds) {
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const parts = hours ? [hours, `${minutes}`.padStart(2, "0")] : [minutes];
  return [...parts, `${seconds % 60}`.padStart(2, "0")].join(":");
}

const REGION = "#rounds";

// Shows the time left in the page's region, also after each swap. Calls `onNow` with the region,
// whether the time is up, and the server's time in milliseconds, each time it looks.
export function countDown(onNow = () => {}) {
  let region;
  let lead = 0;

  function look() {
    const there = document.querySelector(REGION);
    if (!there) return;
    if (there !== region) lead = ahead(there.dataset.serverTime, Date.now());
    region = there;
    const now = Date.now() + lead;
    onNow(region, show(region, now), now);
  }

  new MutationObserver(() => document.querySelector(REGION) !== region && look()).observe(
    document.querySelector("main"),
    { childList: true, subtree: true },
  );
  setInterval(look, 500);
  look();
}

function show(region, now) {
  const place = region.querySelector("[data-until]");
  if (!place) return false;
  const seconds = secondsUntil(place.dataset.until, now);
  const left = place.querySelector("[data-left]");
  const words = inWords(seconds);
  if (left.textContent !== words) left.textContent = words;
  place.classList.add("counting");
  place.classList.toggle("ending", seconds <= 30);
  const after = region.querySelector("[data-after]");
  if (after) after.hidden = seconds > 0;
  return seconds === 0;
}
