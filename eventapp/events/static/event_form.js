// The form of an event.

import "../typed.js";
import { begin } from "./event_end.js";

begin(document);
