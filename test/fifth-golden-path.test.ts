import { goldenPaths } from "@paved/golden-paths";
import { ENVIRONMENT_NAMES } from "@paved/model";
import { DAY } from "./day";
import { RepositoryWorkspace } from "./repository-workspace";

/** A golden path is its own folder and test, a service that shows it, and a page; and a line that names it. */
const workspace = new RepositoryWorkspace();
afterAll(() => workspace.remove());

/** The Python worker under another name: any path could stand here. Its service is of the team whose events it takes. */
const asGoWorker = (text: string) =>
  text
    .replaceAll("python-worker", "go-worker")
    .replaceAll("PythonWorker", "GoWorker")
    .replaceAll("pythonWorker", "goWorker")
    .replaceAll("Python worker", "Go worker")
    .replaceAll("fulfilment", "shipping")
    .replaceAll('owner: "commerce"', 'owner: "payments"');

const FROM = ["golden-paths/src/python-worker", "stacks/services/fulfilment.ts", "docs/golden-paths/python-worker.md"];
/** What it is made of, by file. */
const own = new Map(
  workspace
    .git("ls-files", "--", ...FROM)
    .split("\n")
    .filter(Boolean)
    .map((file) => [asGoWorker(file), asGoWorker(workspace.read(file))]),
);
const LINE = 'export { GoWorker, goWorker, type GoWorkerProps } from "./go-worker/go-worker";\n';

/** Files that differ from what was committed. */
const changed = () => workspace.git("status", "--porcelain", "--untracked-files=all").split("\n").filter(Boolean);

test("what documents say of golden paths is as paved golden-paths --write writes it", () => {
  const { code, err } = workspace.paved("golden-paths", "--write");
  expect({ code, err, changed: changed() }).toEqual({ code: 0, err: "", changed: [] });
}, 120_000);

describe("a fifth golden path", () => {
  beforeAll(() => {
    for (const [file, text] of own) workspace.write(file, text);
    const registry = "golden-paths/src/paths.ts";
    workspace.write(registry, workspace.read(registry) + LINE);
  });

  test("is checked with no other edit: locks, record and documents are written by commands", () => {
    const check = workspace.paved("check", "--write", "--today", DAY);
    expect({ code: check.code, out: check.out }).toEqual({ code: 0, out: expect.stringContaining("none broken") });
    expect(workspace.paved("golden-paths", "--write", "--no-synth").code).toBe(0);
    const byHand = [...[...own.keys()].map((file) => `?? ${file}`), " M golden-paths/src/paths.ts"];
    const written = [
      " M README.md",
      " M docs/golden-paths/README.md",
      " M environments/adoption.txt",
      ...ENVIRONMENT_NAMES.flatMap((name) =>
        ["addresses", "permissions"].flatMap((lock) => [
          `?? environments/${name}/${lock}/shipping.txt`,
          // Its state has a key.
          ` M environments/${name}/${lock}/state.txt`,
        ]),
      ),
    ];
    expect(changed().toSorted()).toEqual([...byHand, ...written].toSorted());
  }, 180_000);

  test("is listed with the schema of its options, and with its service", () => {
    const { goldenPaths: listed } = JSON.parse(workspace.paved("golden-paths", "--no-synth", "--json").out) as {
      goldenPaths: { name: string; services: string[]; options: { required: string[]; properties: object } }[];
    };
    expect(listed).toHaveLength(goldenPaths.length + 1);
    expect(listed.find(({ name }) => name === "go-worker")).toMatchObject({
      version: 1,
      title: "Go worker",
      services: ["shipping"],
      options: { required: ["image"], properties: { schedule: { type: "string" } } },
    });
    expect(workspace.paved("list", "--no-synth", "--service", "shipping").out).toContain("go-worker@1");
  }, 60_000);

  test("once released has its dashboard, alerts, objectives and entities; README.md shows its example", () => {
    const releases = "environments/dev/releases.json";
    const released = JSON.parse(workspace.read(releases)) as Record<string, string>;
    workspace.write(releases, JSON.stringify({ ...released, shipping: released["fulfilment"] }));
    expect(workspace.paved("synth").code).toBe(0);
    expect(workspace.read("cdktf.out/catalog/shipping.yaml")).toContain("paved.dev/golden-path: go-worker@1");
    expect(workspace.read("cdktf.out/objectives/shipping.yaml")).toContain("openslo/v1");
    for (const file of ["configmap-shipping-dashboard", "prometheusrule-shipping-alerts"]) {
      expect(workspace.read(`cdktf.out/gitops/dev/shipping/${file}.yaml`)).toContain("shipping");
    }
    expect(workspace.read("README.md")).toContain(workspace.read("stacks/services/shipping.ts"));
    expect(workspace.read("docs/golden-paths/README.md")).toContain("| [Go worker](go-worker.md) |");
  }, 60_000);
});
