// Reads [[place, html], …] from standard input and writes [[place, what], …]: whatever the HTML
// standard or WAI-ARIA calls an error in these pages. Attributes of htmx are its own business.

import { readFileSync } from "node:fs";
import {
  ariaAttributes,
  HtmlValidate,
  htmlElementAttributes as known,
  Rule,
  StaticConfigLoader,
} from "../vendor/html-validate-11.21.1/html-validate.min.js";

const OTHERS = /^(data-|hx-)/; // ours, and htmx's
known.meta.push("property"); // Open Graph's, by RDFa

class KnownAttribute extends Rule {
  setup() {
    this.on("dom:ready", ({ document }) => {
      for (const element of document.querySelectorAll("*")) {
        if (element.closest("svg")) continue;
        const own = [...known["*"], ...(known[element.tagName] ?? []), ...ariaAttributes, "role"];
        for (const { key, keyLocation } of element.attributes) {
          if (OTHERS.test(key) || own.includes(key)) continue;
          this.report(element, `<${element.tagName}> has no attribute "${key}"`, keyLocation);
        }
      }
    });
  }
}

const validator = new HtmlValidate(
  new StaticConfigLoader({
    plugins: [{ name: "eventapp", rules: { "known-attribute": KnownAttribute } }],
    extends: ["html-validate:standard", "html-validate:a11y"],
    rules: {
      "heading-level": "error",
      "known-attribute": "error",
      "no-implicit-button-type": "off", // a button of a form sends it: that is what ours are for
      "no-redundant-role": "off", // Safari forgets that a list without markers is one
    },
  }),
);

const found = [];
for (const [place, html] of JSON.parse(readFileSync(0, "utf8"))) {
  const { results } = await validator.validateString(html);
  for (const { line, message, ruleId } of results.flatMap(({ messages }) => messages)) {
    const there = html.split("\n")[line - 1].trim();
    found.push([place, `line ${line}: ${message} (${ruleId}): ${there}`]);
  }
}
process.stdout.write(JSON.stringify(found));
