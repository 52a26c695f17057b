import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { WorkingDirectory } from "../src/tofu/working-directory";
import { readFleet } from "../src/workspace/fleet";
import type { Mode } from "../src/workspace/workspace";
import { remove, workspaceWith } from "./fleet-on-disk";

const release = { helm_release: { first: { name: "first", chart: "./charts/objects" } } };
const workspace = workspaceWith([
  { name: "dev-platform", resources: release },
  { name: "dev-network", resources: { terraform_data: { it: {} } } },
]);
const chart = path.join("charts", "objects", "Chart.yaml");

beforeAll(() => {
  mkdirSync(path.join(workspace.charts, "objects"), { recursive: true });
  writeFileSync(path.join(workspace.charts, "objects", "Chart.yaml"), "version: 1.0.0\n");
});
afterAll(() => remove(workspace));

const made = (name: string, mode: Mode): string => {
  const stack = readFleet(workspace).stacks.find((one) => one.name === name)!;
  return new WorkingDirectory(workspace, mode, stack).path;
};

test.each<Mode>(["sandbox", "live"])(
  "charts of the repository are where OpenTofu runs in the %s, at each run",
  (mode) => {
    for (const directory of [made("dev-platform", mode), made("dev-platform", mode)])
      expect(readFileSync(path.join(directory, chart), "utf8")).toBe("version: 1.0.0\n");
  },
);

test("a stack without releases has none", () => {
  expect(existsSync(path.join(made("dev-network", "sandbox"), "charts"))).toBe(false);
});
