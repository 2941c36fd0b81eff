// The page for a wall: a screen that stays on.

import { stayAwake } from "../stay_awake.js";

stayAwake();
