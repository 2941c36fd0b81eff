// Tells the service worker to keep the door's page for offline use, with every file it loaded and
// those of the code reader.
import { filesOfReader } from "./detector.js";

export async function keepPage({ worker, page }) {
  if (!navigator.serviceWorker) return; // the browser offers it on https only
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
