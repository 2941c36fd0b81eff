// Keeps the preview on the page of one's own card up to date.

import { begin } from "./card_preview.js";

begin(document);
