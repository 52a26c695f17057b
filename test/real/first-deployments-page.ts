import * as path from "node:path";
import { writePart, type WrittenPart } from "@paved/testing/src/written-part";

/** How long one service took from nothing to its pods in staging. */
export interface FirstDeployment {
  readonly goldenPath: string;
  readonly seconds: number;
}

const PART: WrittenPart = {
  page: path.join(__dirname, "../../docs/first-deployment.md"),
  begin: "<!-- written by npm run test:first-deployment -->",
  end: "<!-- end of what is written -->",
};

/** Writes what was measured into its page. What was measured of golden paths that were not tried now stays. */
export function writeFirstDeployments(took: readonly FirstDeployment[]): void {
  const paths = [...new Set(took.map(({ goldenPath }) => goldenPath))];
  const measured = paths.map((goldenPath) => {
    const seconds = took.filter((one) => one.goldenPath === goldenPath).map((one) => one.seconds);
    const sorted = seconds.toSorted((one, other) => one - other);
    const at = (share: number): string => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!.toFixed(0);
    return `| ${goldenPath} | ${sorted.length} | ${at(0)} s | ${at(0.5)} s | ${at(0.95)} s | ${at(1)} s |`;
  });
  const head = "| golden path | runs | fastest | median | p95 | slowest |\n| --- | ---: | ---: | ---: | ---: | ---: |";
  writePart(PART, (former) => {
    const others = former.split("\n").filter((row) => / \d+ s \|$/.test(row) && !paths.includes(row.split(" ")[1]!));
    return `${head}\n${[...measured, ...others].toSorted().join("\n")}`;
  });
}
