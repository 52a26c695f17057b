import * as fs from "node:fs";
import * as path from "node:path";
import { RESOURCE_TYPES } from "@paved/policy";
import { root, sources } from "./sources";

/** Resource types that a file makes: a binding of a provider is called after its type. */
function typesIn(file: string): readonly string[] {
  const text = fs.readFileSync(path.join(root, file), "utf8");
  return [...text.matchAll(/"@cdktf\/provider-([a-z]+)\/lib\/([a-z0-9-]+)"/g)]
    .filter(([, , type = ""]) => type !== "provider" && !type.startsWith("data-"))
    .map(([, provider, type = ""]) => `${provider}_${type.replaceAll("-", "_")}`);
}

test("the types that a stack may make are those that modules make, no more and no fewer", () => {
  const made = new Set(sources("modules").flatMap(typesIn));
  expect([...RESOURCE_TYPES].toSorted()).toEqual([...made].toSorted());
});
