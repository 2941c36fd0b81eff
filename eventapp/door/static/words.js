// The page's own sentences and parts, in whose words the server wrote them, for what a phone shows.

// By the event's clock.
export function clockTime(at) {
  const { tz } = document.querySelector("#offline").dataset;
  const form = { timeZone: tz, hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  return new Intl.DateTimeFormat("en-GB", form).format(new Date(at));
}

// A sentence of the page, with what belongs in its {places}.
export function words(name, values = {}) {
  const template = document.querySelector("#offline-words").content;
  const plural = !values.count ? "" : values.count === 1 ? "-one" : "-many";
  const found = template.querySelector(`[data-word="${name}${plural}"]`);
  return found.textContent.trim().replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");
}

export const fromTemplate = (id, selector) =>
  document.querySelector(id).content.querySelector(selector).cloneNode(true);
