// While the page of a badge without network is open, what was kept is sent as soon as it can be.

const LONGEST = 300_000; // milliseconds

let wait = 5_000;

const send = () => navigator.serviceWorker?.controller?.postMessage({ scans: "send" });

// Less and less often: the server may be busy with many phones that are back at once.
function sendAgain() {
  send();
  wait = Math.min(2 * wait, LONGEST);
  setTimeout(sendAgain, wait);
}

addEventListener("online", send);
setTimeout(sendAgain, wait);
