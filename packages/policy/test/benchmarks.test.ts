import { existsSync } from "node:fs";
import path from "node:path";
import { benchmarks } from "../src/benchmarks";
import { rules } from "../src/rules";

const root = path.join(__dirname, "../../..");
const controls = benchmarks.flatMap(({ name, controls: all }) => all.map((control) => ({ name, ...control })));

test("the benchmarks are whole: 17 controls of Pod Security restricted, 27 of NSA, 50 of CIS EKS 1.8, each once", () => {
  expect(benchmarks.map(({ controls: { length } }) => length)).toEqual([17, 27, 50]);
  for (const benchmark of benchmarks) {
    expect(new Set(benchmark.controls.map(({ id }) => id)).size).toBe(benchmark.controls.length);
  }
});

test("every control is seen to by rules that there are, by a file that there is, or by somebody who says how", () => {
  const known = new Set(rules.map(({ id }) => id));
  const unmapped = controls.filter(({ enforced }) => {
    if (enforced.by === "rule") return enforced.rules.length === 0 || !enforced.rules.every((id) => known.has(id));
    if (enforced.by === "type" || enforced.by === "test") return !existsSync(path.join(root, enforced.where));
    return enforced.how.trim() === "" || (enforced.by === "owner" && enforced.owner.trim() === "");
  });
  expect(unmapped).toEqual([]);
});

test("all of Pod Security restricted, and 20 controls of NSA or more, are guard-rails", () => {
  const byRules = benchmarks.map(
    (benchmark) => benchmark.controls.filter(({ enforced }) => enforced.by === "rule").length,
  );
  expect(byRules[0]).toBe(17);
  expect(byRules[1]).toBeGreaterThanOrEqual(20);
});
