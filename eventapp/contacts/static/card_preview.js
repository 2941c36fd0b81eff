// The card as the people one met will see it, while one fills it in. Nothing is sent or saved.

const PAUSE = 600; // milliseconds, so that a screen reader hears a whole word, once

const WAYS = ["email", "phone", "linkedin", "web"]; // to reach somebody

const CHECKED = ["phone", "linkedin", "web"]; // by the server, which may refuse them

// What of these values the card shows, by the fields that are ticked, and what it keeps back.
export function preview(values, ticked) {
  const filled = Object.entries(values).filter(([, value]) => value.trim());
  return {
    shown: Object.fromEntries(filled.filter(([name]) => ticked.includes(name))),
    unticked: filled.map(([name]) => name).filter((name) => !ticked.includes(name)),
  };
}

// Those of the fields shown that saving may refuse: of the others any text will do, or it is saved.
export function unchecked({ shown }, saved) {
  return CHECKED.filter((name) => shown[name] && shown[name] !== saved[name]);
}

// Changes only what differs: a screen reader reads what changes, and nothing else.
export function paint(card, { shown }, marked) {
  for (const part of card.querySelectorAll("[data-shown]")) {
    const text = shown[part.dataset.shown] ?? "";
    if (marked.includes(part.dataset.shown)) part.dataset.unchecked = "";
    else delete part.dataset.unchecked;
    if (part.textContent !== text) part.textContent = text;
    part.hidden = !text;
  }
  card.querySelector("[data-unreachable]").hidden = WAYS.some((name) => shown[name]);
}

function say(unsaved, marked, words) {
  const list = marked.map((name) => words[name]).join(", ");
  const { plain, checks } = unsaved.dataset;
  unsaved.textContent = list ? checks.replace("{fields}", list) : plain;
}

export function warn(notice, { unticked }, words) {
  const list = unticked.map((name) => words[name]).join(", ");
  notice.hidden = !unticked.length;
  notice.lastElementChild.textContent = notice.dataset.words.replace("{fields}", list);
}

function valuesIn(card) {
  const parts = [...card.querySelectorAll("[data-shown]")];
  return Object.fromEntries(parts.map((part) => [part.dataset.shown, part.textContent]));
}

const said = (card) => Object.values(valuesIn(card)).join("\n");

// Keeps the preview up to date: at once with a tick, and a moment after the last letter.
export function begin(page) {
  const [card, notice, unsaved] = ["#preview", "#unticked", "#unsaved"].map((place) =>
    page.querySelector(place),
  );
  const [saved, savedValues] = [said(card), valuesIn(card)];
  let timer;
  const update = () => {
    const { values, words, ticked } = typedIn(page.querySelector("#card"));
    const seen = preview(values, ticked);
    const marked = unchecked(seen, savedValues);
    paint(card, seen, marked);
    say(unsaved, marked, words);
    warn(notice, seen, words);
    unsaved.hidden = said(card) === saved;
  };
  page.addEventListener("input", ({ target }) => {
    if (!target.closest("#card")) return;
    clearTimeout(timer);
    timer = setTimeout(update, target.type === "checkbox" ? 0 : PAUSE);
  });
  update(); // a browser that comes back to the page fills in what was typed
}

function typedIn(form) {
  const [values, words, ticked] = [{}, {}, []];
  for (const part of form.querySelectorAll("[data-field]")) {
    const { field, word, value } = part.dataset;
    values[field] = value ?? part.querySelector(`[name=${field}]`).value;
    words[field] = word;
    if (part.querySelector("[name=share]").checked) ticked.push(field);
  }
  return { values, words, ticked };
}
