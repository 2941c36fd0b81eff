// While the page of a badge without network is open, what was kept is sent as soon as it can be.

const EVERY = 5_000; // milliseconds

const send = () => navigator.serviceWorker?.controller?.postMessage({ scans: "send" });

addEventListener("online", send);
setInterval(send, EVERY);
