import { openMetrics } from "../src";

test("a gauge has its help, its type, its unit where it has one, and a line a sample, with what its labels hold escaped", () => {
  const samples = [{ labels: { place: 'a "place"', path: "a\\b\nc" }, value: 0.5 }];
  const families = [
    { name: "paved_time_seconds", help: 'Seconds of "it".', unit: "seconds", samples },
    { name: "paved_none", help: "Nothing.", samples: [] },
  ];
  expect(openMetrics(families)).toBe(
    [
      String.raw`# HELP paved_time_seconds Seconds of \"it\".`,
      "# TYPE paved_time_seconds gauge",
      "# UNIT paved_time_seconds seconds",
      String.raw`paved_time_seconds{place="a \"place\"",path="a\\b\nc"} 0.5`,
      "# HELP paved_none Nothing.",
      "# TYPE paved_none gauge",
      "# EOF",
      "",
    ].join("\n"),
  );
});
