// Starts the door's page.

import { OfflineDoor } from "./offline.js";
import { chooseInPage, DoorScanner } from "./scan.js";
import { holdNextRows, watchSearch } from "./search_box.js";

const { dataset } = document.getElementById("offline");

chooseInPage(document.querySelector("form.modes"));
holdNextRows();
watchSearch();
new DoorScanner(document.getElementById("camera"), JSON.parse(dataset.rules)).begin();
new OfflineDoor(dataset).begin();
