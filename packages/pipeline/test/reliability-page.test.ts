import { readFileSync } from "node:fs";
import path from "node:path";
import { faults } from "./faults/faults";

const page = path.join(__dirname, "../../../docs/reliability.md");

test("the page has every fault, each tried twenty times, and each time ended as if nothing had been", () => {
  const rows = readFileSync(page, "utf8").match(/^\| .* of \d+ \|.*$/gm) ?? [];
  const said = rows.map((row) => row.split("|").map((cell) => cell.trim()));
  expect(said.map(([, what]) => what)).toEqual(faults.map(({ what }) => what));
  for (const [, , repetitions, , converged] of said) {
    expect(Number(repetitions)).toBeGreaterThanOrEqual(20);
    expect(converged).toBe(`${repetitions} of ${repetitions}`);
  }
});
