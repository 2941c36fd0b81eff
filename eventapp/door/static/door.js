// Where the door's page begins.

import { chooseInPage } from "./modes.js";
import { OfflineDoor } from "./offline.js";
import { holdNextRows } from "./rows.js";
import { DoorScanner } from "./scan.js";
import { watchSearch } from "./search_box.js";

const { dataset } = document.getElementById("offline");

chooseInPage(document.querySelector("form.modes"));
holdNextRows();
watchSearch();
new DoorScanner(document.getElementById("camera"), JSON.parse(dataset.rules)).begin();
new OfflineDoor(dataset).begin();
