// Writes what ical.js reads in the calendar on standard input: its method, and its entries. Times
// are instants, by the rules that the file itself has of its time zones.

import { readFileSync } from "node:fs";
import ICAL from "../vendor/ical.js-2.2.1/ical.min.js";

const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf8")));
calendar.getAllSubcomponents("vtimezone").forEach((zone) => ICAL.TimezoneService.register(zone));

const named = (property) =>
  property ? `${property.getParameter("cn")} <${property.getFirstValue()}>` : "";

const entries = calendar.getAllSubcomponents("vevent").map((component) => {
  const event = new ICAL.Event(component);
  return {
    title: event.summary,
    place: event.location,
    start: event.startDate.toJSDate().toISOString(),
    end: event.endDate.toJSDate().toISOString(),
    about: event.description,
    url: component.getFirstPropertyValue("url"),
    organizer: named(component.getFirstProperty("organizer")),
    status: component.getFirstPropertyValue("status"),
    uid: event.uid,
    sequence: event.sequence,
    attendee: named(component.getFirstProperty("attendee")),
  };
});
const method = calendar.getFirstPropertyValue("method");
process.stdout.write(JSON.stringify({ method, entries }));
