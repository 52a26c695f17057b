import { RepositoryWorkspace } from "../repository-workspace";
import { type LargeFleet, writeLargeFleet } from "./large-fleet-page";

/** A few in every run, so that it goes on to work; `npm run test:large-fleet` makes the environment one of two hundred. */
const ADDED = Number(process.env["PAVED_ADDED_SERVICES"] ?? "6");
/** Pods of two hundred services, with what they need while they are rolled out. */
const NODES = Math.max(3, Math.ceil(ADDED / 12));
const PATIENCE_MS = 600_000 + ADDED * 30_000;
jest.setTimeout(PATIENCE_MS);

const PATHS = [
  ["NodeApi", `"api", { image: "commerce/NAME", port: 8080 }`],
  ["PythonWorker", `"worker", { image: "commerce/NAME", bucket: true, queue: { visibilitySeconds: 60, attempts: 5 } }`],
  ["GrpcService", `"grpc", { image: "commerce/NAME" }`],
] as const;
const ABOUT = `owner: "commerce", tier: 3, onCall: "commerce-primary", runbook: "https://runbooks.paved.example.com/NAME"`;
const DIGEST = `sha256:${"ab".repeat(32)}`;

const workspace = new RepositoryWorkspace();
const measured: Record<string, number> = {};
let services = 0;

/** What a command prints, which has to succeed; how long it took is kept. */
function paved(step: keyof LargeFleet["seconds"] | "status", ...words: readonly string[]): string {
  const begin = performance.now();
  const { code, out, err } = workspace.paved(...words);
  measured[step] = (performance.now() - begin) / 1000;
  if (code !== 0)
    throw new Error(`paved ${words.join(" ")} ended with ${code}\n${out.slice(-4000)}\n${err.slice(-4000)}`);
  return out;
}

beforeAll(() => {
  const releases = JSON.parse(workspace.read("environments/dev/releases.json")) as Record<string, string>;
  for (let index = 0; index < ADDED; index += 1) {
    const [golden, props] = PATHS[index % PATHS.length]!;
    const name = `added-${index + 1}`;
    releases[name] = DIGEST;
    workspace.write(
      `stacks/services/${name}.ts`,
      [
        `import { defineService, ${golden} } from "@paved/golden-paths";`,
        `export default defineService({ name: "NAME", ${ABOUT} }, (service) => {`,
        `  new ${golden}(service, ${props});`,
        `});`,
        ``,
      ]
        .join("\n")
        .replaceAll("NAME", name),
    );
  }
  workspace.write("environments/dev/releases.json", `${JSON.stringify(releases, null, 2)}\n`);
  services = Object.keys(releases).length;
  workspace.commit("many services");
}, PATIENCE_MS);

afterAll(() => {
  workspace.paved("sandbox", "reset");
  workspace.remove();
}, PATIENCE_MS);

test("an environment of many services is applied, synced and healthy, with every pod on a simulated node", () => {
  paved("synth", "synth");
  paved("up", "sandbox", "up", "--env", "dev", "--delivery", "argo-cd", "--nodes", String(NODES));
  paved("apply", "apply", "--env", "dev");
  expect(paved("deliver", "deliver", "--env", "dev", "--wait", "1800", "--no-synth")).toMatch(
    / (\d+) of \1 applications synced and healthy$/m,
  );
  expect(paved("again", "deliver", "--env", "dev", "--no-synth")).toMatch(/ (\d+) of \1 applications/);
  const { controlPlanes } = JSON.parse(paved("status", "sandbox", "status", "--env", "dev", "--json")) as {
    controlPlanes: readonly [
      Pick<LargeFleet, "memoryMiB" | "pods" | "nodes" | "components"> & { readonly ready: number },
    ];
  };
  const [{ ready, ...seen }] = controlPlanes;
  expect(ready).toBe(NODES);
  expect(seen.pods).toBeGreaterThan(ADDED);
  if (process.env["PAVED_WRITE_DOCS"] === "1")
    writeLargeFleet({ ...seen, services, seconds: measured as LargeFleet["seconds"] });
});
