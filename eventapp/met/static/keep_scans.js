// Has the service worker keep the page for badges that are scanned without network.

const { worker } = document.querySelector("script[src*=keep_scans]").dataset;

async function keepScans() {
  await navigator.serviceWorker.register(worker);
  const { active } = await navigator.serviceWorker.ready;
  active.postMessage({ scans: "keep" });
}

// The browser offers it on https only. There may be no room.
if (navigator.serviceWorker) keepScans().catch(() => {});
