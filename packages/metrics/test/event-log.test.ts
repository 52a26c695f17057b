import { formatEvent, type PavedEvent, readEvents } from "../src";
import { command, request } from "./events";

const events: readonly PavedEvent[] = [
  request("2027-03-01T09:00:00Z", "service orders"),
  command("2027-03-01T09:30:00.250Z", ["staging-orders failed", "staging-network applied"], {
    outcome: "failed",
    codes: ["PVD2003"],
  }),
  command("2027-03-01T10:00:00Z", ["staging-orders applied"], { command: "pipeline apply", place: "live" }),
];
const lines = events.map(formatEvent);
const read = (text: string) => readEvents([{ name: "events.jsonl", text }]);

test("a line says what happened, in UTC, and is read again as that", () => {
  expect(JSON.parse(lines[0]!)).toEqual({
    version: 1,
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    at: "2027-03-01T09:00:00.000Z",
    kind: "request",
    subject: "service",
    name: "orders",
  });
  expect(read(`${lines.join("\n")}\n`)).toEqual({ events, damaged: [], newer: 0 });
});

test("a damaged line costs that line alone, and is named by its number", () => {
  const [first = "", second = "", third = ""] = lines;
  const text = [first, second.slice(0, 60), "", "null", third].join("\n");
  const damaged = [2, 4].map((line) => ({ file: "events.jsonl", line }));
  expect(read(text)).toEqual({ events: [events[0], events[2]], damaged, newer: 0 });
});

test("lines of a later version are counted, and are no damage", () => {
  const later = JSON.stringify({ version: 2, whatever: true });
  expect(read([later, ...lines].join("\n"))).toEqual({ events, damaged: [], newer: 1 });
});

test("an empty log is one without events", () => {
  expect(readEvents([])).toEqual({ events: [], damaged: [], newer: 0 });
  expect(read("")).toEqual({ events: [], damaged: [], newer: 0 });
});

test.each([
  ["a person as a name", { name: "ada@example.com" }],
  ["a path as a name", { name: "/home/ada/orders" }],
  ["a sentence as a name", { name: "Ada's service" }],
  ["a field for who", { user: "ada" }],
])("%s does not fit into the log", (_what, more) => {
  const line = JSON.stringify({ ...JSON.parse(lines[0]!), ...more });
  expect(read(line).damaged).toHaveLength(1);
});

test("neither arguments nor options of a command fit into the log", () => {
  const line = lines[1]!.replace('"command":"apply"', '"command":"apply --service=orders"');
  expect(read(line).damaged).toHaveLength(1);
});
