// Where the door's page begins: the scanner, and the door without network.

import "./scan.js";
import { begin } from "./offline.js";

begin(document.querySelector("#offline"));
