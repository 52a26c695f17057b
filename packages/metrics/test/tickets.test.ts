import fc from "fast-check";
import { readTickets } from "../src";
import { parseInstant } from "../src/tickets/instant";
import { instant } from "./events";

const read = (name: string, text: string, labels = ["platform"]) => readTickets([{ name, text }], labels);
const json = (...issues: readonly object[]) => JSON.stringify(issues);

describe("issues of GitHub", () => {
  test("as its REST API lists them: those with the label, and no pull requests", () => {
    const text = json(
      {
        number: 1,
        html_url: "https://example.com/1",
        created_at: "2027-03-08T08:00:00Z",
        labels: [{ name: "Platform" }],
      },
      { number: 2, html_url: "https://example.com/2", created_at: "2027-03-09T08:00:00Z", labels: [{ name: "docs" }] },
      {
        number: 3,
        html_url: "https://example.com/3",
        created_at: "2027-03-09T08:00:00Z",
        labels: [{ name: "platform" }],
        pull_request: { url: "https://example.com/pulls/3" },
      },
    );
    expect(read("issues.json", text)).toEqual([{ id: "https://example.com/1", at: instant("2027-03-08T08:00:00Z") }]);
  });

  test("as gh issue list prints them, and as pages in one list", () => {
    const issue = (number: number) => ({ number, createdAt: "2027-03-08T08:00:00Z", labels: [{ name: "support" }] });
    expect(read("issues.json", json([issue(1)], [issue(2), issue(1)]), ["support", "platform"])).toEqual([
      { id: "#1", at: instant("2027-03-08T08:00:00Z") },
      { id: "#2", at: instant("2027-03-08T08:00:00Z") },
    ]);
  });

  test("fails with PVD8001 for what is no issue, each by its place, and without a word of what it says", () => {
    const text = json(
      { number: 1, title: "secret", labels: [] },
      { number: 2, created_at: "8 March", labels: [] },
      { number: 3, created_at: "2027-03-08", labels: [] },
    );
    expect(() => read("issues.json", text)).toThrow(
      "PVD8001 issues.json [0]: got number, title, labels, want an issue with created_at or createdAt, and a number or url; " +
        "export these fields too\nPVD8001 issues.json [1]: got number, created_at, labels, want",
    );
  });

  test.each([
    ["text that is no JSON", "[{"],
    ["an object", '{"message":"Not Found"}'],
  ])("fails with PVD8001 for %s", (got, text) => {
    expect(() => read("issues.json", text)).toThrow(
      `PVD8001 issues.json: got ${got}, want issues of GitHub as JSON; write it with gh issue list`,
    );
  });
});

describe("CSV", () => {
  test.each([
    ["of Jira", "Issue key,Created,Labels\nOPS-1,2027-03-08 09:15,platform\nOPS-2,2027-03-08 09:15,office\n", "OPS-1"],
    ["of GitLab", 'Issue ID,Created At (UTC),Labels\n7,2027-03-08 09:15:00 UTC,"bug,Platform"\n', "7"],
    ["of ServiceNow, with semicolons", "number;opened_at;note\nINC7;2027-03-08 09:15:00;a, b\n", "INC7"],
    ["with tabs, a byte order mark and blank lines", "\uFEFFid\tcreated\n\n9\t2027-03-08T10:15:00+01:00\n", "9"],
  ])("%s", (_from, text, id) => {
    expect(read("tickets.csv", text)).toEqual([{ id, at: instant("2027-03-08T09:15:00Z") }]);
  });

  test("without a column that tells tickets apart, rows are; with one, a ticket is one however often it is there", () => {
    expect(read("tickets.csv", "created\n2027-03-08\n2027-03-08\n")).toHaveLength(2);
    const twice = { name: "a.csv", text: "id,created\n1,2027-03-08\n1,2027-03-08\n" };
    expect(readTickets([twice, { ...twice, name: "b.csv" }], [])).toHaveLength(1);
  });

  test("without rows has no tickets", () => {
    expect(read("tickets.csv", "id,created\n")).toEqual([]);
    expect(read("tickets.csv", "")).toEqual([]);
  });

  test("fails with PVD8001 without a column that says when a ticket was opened", () => {
    expect(() => read("tickets.csv", "id,title\n1,it is broken\n")).toThrow(
      "PVD8001 tickets.csv: got id, title, want a column that says when a ticket was opened; call it created",
    );
  });

  test("fails with PVD8001 for a row that has no such time, by its line", () => {
    expect(() => read("tickets.csv", 'id,created\n1,2027-03-08\n2,08/03/2027\n3,"8 Mar 2027"\n')).toThrow(
      'PVD8001 tickets.csv:3 created: got "08/03/2027", want a time such as 2027-03-01 14:05, of UTC or with a zone; ' +
        "export times in this form\nPVD8001 tickets.csv:4 created: got",
    );
  });

  test("fails with PVD8001 for what is no CSV", () => {
    expect(() => read("tickets.csv", "id,created\n1,2027-03-08,more\n")).toThrow(
      /^PVD8001 tickets\.csv: got Invalid Record/,
    );
  });
});

test("all that is wrong in several exports is said at once", () => {
  const exports = ["a.csv", "b.csv"].map((name) => ({ name, text: "id\n1\n" }));
  expect(() => readTickets(exports, [])).toThrow(/^PVD8001 a\.csv: .*\nPVD8001 b\.csv: /);
});

test("an instant is read with its zone, without one as UTC, and not where a person has to guess", () => {
  const two = (value: number) => String(value).padStart(2, "0");
  fc.assert(
    fc.property(fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true }), (date) => {
      expect(parseInstant(date.toISOString())).toBe(date.getTime());
      const day = date.toISOString().slice(0, 10);
      const minute = `${day} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
      expect(parseInstant(minute)).toBe(Math.floor(date.getTime() / 60_000) * 60_000);
      expect(parseInstant(day)).toBe(Date.parse(`${day}T00:00:00Z`));
    }),
  );
  for (const text of ["", "08/03/2027", "8 March 2027", "2027-13-01", "2027-03-08 25:00", "20270308", "1741424400"]) {
    expect(parseInstant(text)).toBeUndefined();
  }
});
