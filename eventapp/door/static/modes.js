// What a scan does is chosen in the page itself, so that the camera goes on and no network is
// needed. The server is told, for the next time the page is opened.

export function chooseInPage(modes) {
  modes.addEventListener("submit", (event) => {
    event.preventDefault();
    choose(modes, event.submitter.value);
    fetch(modes.action, {
      method: "POST",
      body: new FormData(modes, event.submitter),
      redirect: "manual",
    }).catch(() => {});
  });
}

function choose(modes, mode) {
  document.querySelector("#scan [name=mode]").value = mode;
  for (const button of modes.querySelectorAll("button")) {
    if (button.value === mode) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  }
  const isLeaving = mode === "leaving";
  const button = document.querySelector("#scan form button");
  button.textContent = button.dataset[isLeaving];
  document.querySelector("#leaving")?.toggleAttribute("hidden", !isLeaving);
}
