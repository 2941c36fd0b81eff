// Has the service worker keep this pass, so that it opens without network.

async function keepPass({ worker }) {
  if (!navigator.serviceWorker) return; // the browser offers it on https only
  await navigator.serviceWorker.register(worker);
  const { active } = await navigator.serviceWorker.ready;
  active.postMessage({ pass: location.pathname });
}

keepPass(document.querySelector("[data-worker]").dataset).catch(() => {}); // no room, for instance
