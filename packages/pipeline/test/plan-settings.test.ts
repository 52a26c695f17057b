import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Interruption } from "../src/tofu/interruption";
import { planFlags, type PlanSettings } from "../src/tofu/plan-settings";
import { StackEngine } from "../src/tofu/stack-engine";
import { readFleet } from "../src/workspace/fleet";
import { remove, workspaceWith } from "./fleet-on-disk";

const workspace = workspaceWith([{ name: "dev-network" }]);
const interruption = new Interruption();
afterAll(() => {
  interruption.close();
  remove(workspace);
});

/** Arguments that the engine is called with when it plans. */
async function planned(planSettings: PlanSettings | undefined): Promise<string> {
  const binary = path.join(workspace.root, "tofu");
  const said = path.join(workspace.root, "said");
  writeFileSync(binary, `#!/bin/sh\necho "$@" > ${said}\n`, { mode: 0o755 });
  const engine = { binary, version: "1.11.0", from: "path" } as const;
  const [stack] = readFleet(workspace).stacks;
  const context = { workspace, mode: "live", engine, interruption, planSettings } as const;
  await new StackEngine(context, stack!).plan();
  return existsSync(said) ? readFileSync(said, "utf8") : "";
}

test("a plan takes the lock and refreshes, unless it is told otherwise", () => {
  expect(planFlags()).toEqual([]);
  expect(planFlags({ lock: false })).toEqual(["-lock=false"]);
  expect(planFlags({ lock: false, refresh: false })).toEqual(["-lock=false", "-refresh=false"]);
});

test("the engine is told so", async () => {
  expect(await planned({ lock: false, refresh: false })).toMatch(/^plan .*-lock=false -refresh=false/);
  expect(await planned(undefined)).not.toMatch(/-lock=false|-refresh=false/);
});
