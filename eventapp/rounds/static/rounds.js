// A guest's table, and the hosts' page: the time left.

import { countDown } from "./clock.js";

countDown();
