// Has the service worker keep this pass, so that it opens without network, if its guest is signed
// in here or pressed the page's button for it.

async function keepPass(worker) {
  await navigator.serviceWorker.register(worker);
  const { active } = await navigator.serviceWorker.ready;
  active.postMessage({ pass: location.pathname });
}

if (navigator.serviceWorker) { // the browser offers it on https only
  document.querySelector("#keep").hidden = false;
  const { worker } = document.querySelector("script[src*=keep_pass]").dataset;
  if (worker) keepPass(worker).catch(() => {}); // no room, for instance
}
