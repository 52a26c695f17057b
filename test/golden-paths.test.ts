import * as fs from "node:fs";
import { type GoldenPath, goldenPathId, goldenPaths } from "@paved/golden-paths";
import { ENVIRONMENT_NAMES } from "@paved/model";
import { parse, parseAllDocuments } from "yaml";
import { synthesizedWorkspace } from "./throwaway-workspace";

/** What every golden path promises, looked for in what synth wrote of its example. */
const workspace = synthesizedWorkspace();

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> };
  readonly spec?: Record<string, unknown>;
  readonly data?: Readonly<Record<string, string>>;
}

const cases = goldenPaths.flatMap((path) => ENVIRONMENT_NAMES.map((environment) => ({ ...path, environment })));
const serviceOf = ({ example }: Pick<GoldenPath, "example">) => example.replace(/^.*\/|\.ts$/g, "");

function delivered(environment: string, service: string): readonly Manifest[] {
  const folder = (unit: string) => workspace.file("cdktf.out", "gitops", environment, unit);
  return [service, "platform", "_argocd"]
    .map(folder)
    .filter((directory) => fs.existsSync(directory))
    .flatMap((directory) => fs.readdirSync(directory).map((file) => `${directory}/${file}`))
    .map((file) => parse(fs.readFileSync(file, "utf8")) as Manifest)
    .filter(({ metadata }) => metadata.name === service || metadata.labels?.["app.kubernetes.io/part-of"] === service);
}

interface Entity {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly annotations: Readonly<Record<string, string>>;
    readonly links?: readonly { readonly type: string }[];
  };
  readonly spec: Readonly<Record<string, unknown>> & { readonly dependsOn?: readonly string[] };
}

interface Objective {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly labels: { readonly environment: string } };
  readonly spec: { readonly objectives: readonly { readonly target: number }[] };
}

function documents<T>(folder: string, service: string): readonly T[] {
  const file = workspace.file("cdktf.out", folder, `${service}.yaml`);
  return parseAllDocuments(fs.readFileSync(file, "utf8")).map((document) => document.toJS() as T);
}

const entities = (service: string) => documents<Entity>("catalog", service);

test("whatever is delivered says the same to a reader of YAML 1.1, as Kubernetes is, and of 1.2", () => {
  const folder = workspace.file("cdktf.out", "gitops");
  const files = fs.readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".yaml"));
  expect(files.length).toBeGreaterThan(300);
  const differing = files.filter((file) => {
    const text = fs.readFileSync(`${folder}/${file}`, "utf8");
    return JSON.stringify(parse(text)) !== JSON.stringify(parse(text, { version: "1.1" }));
  });
  expect(differing).toEqual([]);
});

describe.each(cases)("$name in $environment", (path) => {
  const { environment } = path;
  const service = serviceOf(path);
  const all = (kind: string) => delivered(environment, service).filter((manifest) => manifest.kind === kind);

  test("has a dashboard with panels, that no hand can change", () => {
    const [dashboard] = all("ConfigMap").filter(({ metadata }) => metadata.labels?.["grafana_dashboard"] === "1");
    const drawn = JSON.parse(Object.values(dashboard?.data ?? {})[0] ?? "{}") as Record<string, unknown>;
    expect(drawn["panels"]).not.toHaveLength(0);
    expect(drawn["editable"]).toBe(false);
    expect(drawn["tags"]).toContain(`service:${service}`);
  });

  test("has alerts, each with a severity and a heading of the runbook, and an objective that burns", () => {
    const groups = all("PrometheusRule").flatMap(
      ({ spec }) => spec?.["groups"] as { rules: Record<string, never>[] }[],
    );
    const alerts = groups.flatMap(({ rules }) => rules).filter((rule) => rule["alert"] !== undefined);
    expect(alerts.length).toBeGreaterThan(1);
    for (const { labels, annotations } of alerts as unknown as Record<string, Record<string, string>>[]) {
      expect(labels?.["severity"]).toMatch(/^(critical|warning|info)$/);
      expect(annotations?.["runbook_url"]).toMatch(/^https:\/\/.+#[a-z-]+$/);
    }
    expect(JSON.stringify(alerts)).toMatch(/burn/i);
  });

  test("promises something, as OpenSLO writes it", () => {
    const own = documents<Objective>("objectives", service).filter(
      ({ metadata }) => metadata.labels.environment === environment,
    );
    expect(own.length).toBeGreaterThan(0);
    for (const { apiVersion, kind, spec } of own) {
      expect({ apiVersion, kind }).toEqual({ apiVersion: "openslo/v1", kind: "SLO" });
      expect(spec.objectives[0]?.target).toBeGreaterThanOrEqual(0.95);
    }
  });

  test("is delivered by Argo CD by itself, in its team's project, when it has pods", () => {
    const hasPods = all("Deployment").length + all("CronJob").length > 0;
    const applications = all("Application");
    expect(applications).toHaveLength(hasPods ? 1 : 0);
    for (const { spec } of applications) {
      expect(spec?.["project"]).toMatch(/^team-/);
      expect(spec?.["syncPolicy"]).toMatchObject({ automated: { prune: true, selfHeal: true } });
    }
  });
});

describe.each(goldenPaths)("$name in the catalog", (path) => {
  const component = () => entities(serviceOf(path)).find(({ kind }) => kind === "Component");

  test("has owner, system, lifecycle, the version of its path, and links to all there is to look at", () => {
    const { spec, metadata } = component() ?? {};
    expect(spec).toMatchObject({
      owner: expect.stringMatching(/^group:default\//),
      system: expect.stringMatching(/^system:default\//),
      lifecycle: "production",
    });
    expect(metadata?.annotations).toMatchObject({ "paved.dev/golden-path": goldenPathId(path) });
    const pods = spec?.["type"] === "website" ? [] : ["pods"];
    const types = metadata?.links?.map(({ type }) => type);
    expect(types).toEqual(expect.arrayContaining(["runbook", "dashboard", "logs", "alerts", ...pods]));
  });

  test("depends on what AWS runs for it, and that is in the catalog", () => {
    const needed = (component()?.spec.dependsOn ?? []).filter((ref) => ref.startsWith("resource:"));
    const names = entities(serviceOf(path)).map(({ metadata }) => `resource:default/${metadata.name}`);
    expect(needed.length).toBeGreaterThan(0);
    expect(needed.filter((ref) => !names.includes(ref))).toEqual([]);
  });
});
