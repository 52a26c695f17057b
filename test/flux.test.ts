import * as fs from "node:fs";
import { parse } from "yaml";
import { RepositoryWorkspace } from "./repository-workspace";

/** An environment that is delivered by Flux, by one word in its file, and all that follows from it. */
const workspace = new RepositoryWorkspace();
const FILE = "environments/src/preview.ts";
const TODAY = "2026-11-28";

/** What a command gave that has to succeed. */
function paved(...words: readonly string[]): string {
  const { code, out, err } = workspace.paved(...words);
  if (code !== 0) throw new Error(`paved ${words.join(" ")}\n${out}${err}`);
  return out;
}

/** Every file below a folder of what was synthesized, by its path. */
function outputIn(folder: string): ReadonlyMap<string, string> {
  const root = workspace.file("cdktf.out", folder);
  const files = fs.readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    files
      .map(({ parentPath, name }) => `${parentPath}/${name}`)
      .map((file) => [file.slice(root.length + 1), fs.readFileSync(file, "utf8")]),
  );
}

/** Those of services, of which none is called like the platform's. */
const ofServices = (files: ReadonlyMap<string, string>) =>
  [...files].filter(([file]) => !file.startsWith("_") && !file.startsWith("platform/"));

let before: ReadonlyMap<string, string>;
let others: readonly ReadonlyMap<string, string>[];
const elsewhere = () => ["dev", "staging", "production"].map((name) => outputIn(`gitops/${name}`));

beforeAll(() => {
  workspace.git("config", "user.name", "t");
  workspace.git("config", "user.email", "t@example.com");
  const ephemeral = ["--ephemeral", "--owner", "commerce", "--days", "7", "--today", TODAY];
  paved("new-environment", "preview", "--account", "444444444444", "--after", "dev", ...ephemeral, "--yes");
  workspace.git("switch", "-q", "add-environment-preview");
  paved("synth");
  before = outputIn("gitops/preview");
  others = elsewhere();
  workspace.write(FILE, workspace.read(FILE).replace("  delivery: {", '  delivery: { by: "flux",'));
  // Nothing of it was ever applied.
  fs.rmSync(workspace.file("environments", "preview", "addresses"), { recursive: true });
  paved("check", "--write", "--today", TODAY);
}, 300_000);
afterAll(() => workspace.remove());

test("every guard-rail holds, and nothing but the environment's own locks was to be written", () => {
  expect(paved("check", "--today", TODAY)).toMatch(/none broken/);
  const changed = workspace.git("status", "--porcelain").trim().split("\n");
  expect(
    changed.filter(
      (line) => !/^ ?M environments\/(adoption\.txt|src\/preview\.ts|preview\/(addresses|permissions)\/)/.test(line),
    ),
  ).toEqual([]);
}, 120_000);

test("what is delivered of services is the same to the byte, and other environments stay as they were", () => {
  expect(ofServices(outputIn("gitops/preview"))).toEqual(ofServices(before));
  expect(elsewhere()).toEqual(others);
});

test("each has a Kustomization as its own account, and there is no application", () => {
  const files = outputIn("gitops/preview");
  const services = [...new Set(ofServices(files).map(([file]) => file.split("/")[0]!))];
  const told = [...files].filter(([file]) => file.startsWith("_")).map(([, text]) => parse(text) as Told);
  expect(services.length).toBeGreaterThan(5);
  expect(told.map(({ kind, metadata, spec }) => [kind, metadata.name, spec.serviceAccountName, spec.path])).toEqual(
    ["platform", ...services]
      .toSorted()
      .map((name) => ["Kustomization", name, `deliver-${name}`, `./gitops/preview/${name}`]),
  );
});

test("the stack of each service makes that account, and lets it into its own namespace alone", () => {
  const { resource } = JSON.parse(
    fs.readFileSync(workspace.file("cdktf.out", "stacks", "preview-orders", "cdk.tf.json"), "utf8"),
  ) as { resource: Record<string, Record<string, Bound>> };
  const bindings = Object.values(resource["kubernetes_role_binding_v1"]!).filter(
    ({ role_ref }) => role_ref.name === "paved:service-delivery",
  );
  expect(bindings).toMatchObject([{ subject: [{ kind: "ServiceAccount", name: "deliver-orders" }] }]);
  expect(bindings[0]!.metadata.namespace).toMatch(/^\$\{kubernetes_namespace_v1\./);
});

test("fails with PVD1002 where it has a window too, to which nobody would keep", () => {
  const window = 'syncWindow: { schedule: "0 9 * * 1-5", hours: 8, timeZone: "Europe/Dublin" }';
  workspace.write(FILE, workspace.read(FILE).replace("syncWindow: undefined", window));
  expect(workspace.paved("synth")).toMatchObject({
    code: 1,
    err: expect.stringMatching(/PVD1002 environments\/src\/preview\.ts delivery\.syncWindow: got a window, with Flux/),
  });
}, 60_000);

interface Told {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: { readonly serviceAccountName: string; readonly path: string };
}

interface Bound {
  readonly metadata: { readonly namespace: string };
  readonly role_ref: { readonly name: string };
}
