// Keeps the screen on while a page is in sight, where the device allows it.

async function askFor() {
  if (document.visibilityState !== "visible") return;
  try {
    await navigator.wakeLock?.request("screen");
  } catch {
    // refused, for instance at low battery
  }
}

export function stayAwake() {
  document.addEventListener("visibilitychange", askFor);
  askFor();
}
