import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import {
  type DeliveryUnit,
  judgeDelivery,
  judgeResources,
  type Rule,
  type RuleEnvironment,
  rules as allRules,
  together,
  type Verdict,
} from "@paved/policy";
import { parse } from "yaml";
import type { Fleet } from "../workspace/fleet";
import type { Workspace } from "../workspace/workspace";

/** Judges all that the last synth wrote, resources and manifests, by the guard-rails. */
export function judgeOutput(workspace: Workspace, fleet: Fleet, rules: readonly Rule[] = allRules): Verdict {
  const { stacks, index } = fleet;
  const environment = (name: string): RuleEnvironment => ({
    name,
    protected: index.protectedEnvironments.includes(name),
  });
  return together([
    ...stacks.map((stack) =>
      judgeResources(rules, {
        name: stack.name,
        environment: environment(stack.environment),
        json: JSON.parse(stack.json) as Record<string, unknown>,
      }),
    ),
    ...deliveryUnits(workspace, index.environments).map((unit) =>
      judgeDelivery(rules, unit, environment(unit.environment)),
    ),
  ]);
}

/** What is delivered, by environment and name, as the last synth wrote it. */
export function deliveryUnits(workspace: Workspace, environments: readonly string[]): readonly DeliveryUnit[] {
  return environments.flatMap((environment) => {
    const directory = path.join(workspace.gitops, environment);
    return entries(directory).map((name) => ({
      environment,
      name,
      manifests: entries(path.join(directory, name)).map(
        (file) => parse(readFileSync(path.join(directory, name, file), "utf8")) as object,
      ),
    }));
  });
}

function entries(directory: string): readonly string[] {
  try {
    return readdirSync(directory).toSorted();
  } catch (error) {
    // An environment without services delivers nothing.
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}
