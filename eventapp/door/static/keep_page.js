// Has the service worker keep the door's page, with all that it was made of and what reads codes,
// for when there is no network.
import { filesOfReader } from "./detector.js";

export async function keepPage({ worker, page }) {
  if (!navigator.serviceWorker) return; // without https
  await navigator.serviceWorker.register(worker);
  const { active } = await navigator.serviceWorker.ready;
  const more = await filesOfReader();
  const loaded = performance
    .getEntriesByType("resource")
    .map((entry) => entry.name)
    .filter((name) => name.includes("/static/"));
  active.postMessage({
    keep: [...new Set([...loaded, ...more])],
    link: linkWeCameBy(),
    door: page,
  });
}

function linkWeCameBy() {
  const from = document.referrer && new URL(document.referrer);
  return from && from.origin === location.origin && /^\/door\/[^/]+$/.test(from.pathname)
    ? from.pathname
    : null;
}
