import { BuildReport } from "../src";

const told: string[] = [];
let report: BuildReport;

beforeEach(() => {
  jest.useFakeTimers({ now: 0 });
  told.length = 0;
  report = new BuildReport("Kubernetes", (line) => told.push(line));
});
afterEach(() => jest.useRealTimers());

test("a build tells what it downloads, then how much is compiled and about how long the rest takes", () => {
  report.read("go: downloading k8s.io/api v0.36.3");
  report.tell();
  report.expect(4);
  jest.setSystemTime(100_000);
  report.read("k8s.io/api/core/v1");
  report.tell();
  for (const name of ["apps", "batch", "rbac"]) report.read(`k8s.io/api/${name}/v1`);
  report.tell();
  expect(told).toEqual([
    "Kubernetes: downloading, 1 modules so far, 0 s",
    "Kubernetes: compiling, 1 of 4 packages, about 5 min left, 100 s",
    "Kubernetes: linking, 4 packages compiled, 100 s",
  ]);
});

test("what Go says beside its progress is kept for an error, the last lines of it", () => {
  for (let line = 1; line <= 12; line += 1) report.read(`main.go:${line}: undefined: x`);
  expect(report.tail).toHaveLength(8);
  expect(report.tail.at(-1)).toBe("main.go:12: undefined: x");
});
