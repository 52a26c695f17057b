import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { loadEnvironments } from "@paved/environments";
import { goldenPaths } from "@paved/golden-paths";
import type { FleetIndex } from "@paved/model";
import { type QuestionName, questionsPage, SCAFFOLDS, softwareTemplateFile } from "@paved/scaffold";
import { ended, rendered, SAMPLES, WELL } from "@paved/scaffold/test/generated";
import { pageWith, type WrittenPart } from "@paved/testing/src/written-part";
import { parse } from "yaml";
import { DAY } from "./day";
import { RepositoryWorkspace } from "./repository-workspace";

const root = path.join(__dirname, "..");
const QUESTIONS: WrittenPart = {
  page: path.join(root, "docs/new.md"),
  begin: "<!-- written by PAVED_WRITE_DOCS=1 npx jest --config ../jest.config.js scaffold, in test -->",
  end: "<!-- end of what is written -->",
};
const [repository = ""] = loadEnvironments().map(({ environment }) => environment.pipeline.repository);

/** What each file has to say; with PAVED_WRITE_DOCS=1 it is written first. */
const written: readonly (readonly [file: string, text: () => string])[] = [
  ["docs/new.md", () => pageWith(QUESTIONS, questionsPage)],
  ...SCAFFOLDS.map((scaffold) => {
    const file = `packages/scaffold/templates/${scaffold.name}.yaml`;
    return [file, () => softwareTemplateFile(scaffold, { repository })] as const;
  }),
];

test.each(written)("%s says what is asked, as the questions do", (file, text) => {
  const full = path.join(root, file);
  if (process.env["PAVED_WRITE_DOCS"] === "1") fs.writeFileSync(full, text());
  expect(fs.readFileSync(full, "utf8")).toBe(text());
});

test.each(SCAFFOLDS)("$name is a golden path, and is called as it is", ({ name, title }) => {
  expect(goldenPaths.find((each) => each.name === name)?.title).toBe(title);
});

test.each(SCAFFOLDS)("$name asks for a store where its golden path has one", ({ name, asks }) => {
  const stores: readonly QuestionName[] = ["database", "cache"];
  const { shape } = goldenPaths.find((each) => each.name === name)!;
  expect(stores.filter((store) => asks.includes(store))).toEqual(stores.filter((store) => store in shape.shape));
});

describe("service files", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "paved-service-files-"));
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
  const write = (file: string, text: string) => {
    fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    fs.writeFileSync(path.join(folder, file), text);
  };
  const judge = () => ended(path.join(root, "node_modules", ".bin", "tsc"), ["--noEmit"], folder);

  test("are of the types of their golden paths, whatever stores are asked for", async () => {
    fs.symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"));
    write("tsconfig.json", JSON.stringify({ extends: path.join(root, "tsconfig.base.json"), include: ["*"] }));
    for (const { name, asks } of SCAFFOLDS) {
      const stores = asks.includes("database")
        ? [{}, { database: "small" }, { cache: "medium" }, { database: "large", cache: "small" }]
        : [{}];
      for (const [index, store] of stores.entries()) {
        for (const [which, given] of SAMPLES[name]!.entries()) {
          const { registration } = await rendered(name, { ...given, database: undefined, cache: undefined, ...store });
          write(`${name}-${index}-${which}.ts`, [...registration.values()][0]!);
        }
      }
    }
    expect(fs.readdirSync(folder).filter((file) => file.endsWith(".ts"))).toHaveLength(26);
    expect(await judge()).toEqual(WELL);
  }, 60_000);

  test("of a size that there is not are refused", async () => {
    const file = "node-api-1-0.ts";
    const text = fs.readFileSync(path.join(folder, file), "utf8");
    write(file, text.replace('{ size: "small" }', '{ size: "huge" }'));
    expect(await judge()).toEqual({ code: 1, said: expect.stringContaining(`${file}(`) });
  }, 60_000);
});

interface Ports {
  readonly [name: string]: number;
}
/** The root of a stack, as far as a site is asked about. */
interface Root {
  readonly resource: {
    readonly aws_cloudfront_response_headers_policy: Resources<{ readonly security_headers_config: SecurityHeaders }>;
    readonly aws_cloudfront_function: Resources<{ readonly code: string }>;
    readonly aws_ssm_parameter: Resources<{ readonly name: string; readonly insecure_value: string }>;
    readonly aws_iam_role: Resources<{ readonly name: string }>;
  };
}
interface ConfigMaps {
  readonly kubernetes_config_map_v1: Resources<{
    readonly metadata: { readonly name: string };
    readonly data: Readonly<Record<string, string>>;
  }>;
}
interface Resources<T> {
  readonly [name: string]: T;
}
interface SecurityHeaders {
  readonly content_security_policy: { readonly content_security_policy: string };
  readonly content_type_options: { readonly override: true };
  readonly frame_options: { readonly frame_option: string };
  readonly referrer_policy: { readonly referrer_policy: string };
  readonly strict_transport_security: {
    readonly access_control_max_age_sec: number;
    readonly include_subdomains: boolean;
    readonly preload: boolean;
  };
}
/** What is asked for: a path by HTTP, or gRPC's own protocol. */
interface Probe {
  readonly httpGet?: { readonly path: string };
}
interface Container {
  readonly ports: readonly { readonly name: string; readonly containerPort: number }[];
  readonly env: readonly { readonly name: string; readonly value: string }[];
  readonly envFrom: readonly { readonly configMapRef: { readonly name: string } }[];
  readonly livenessProbe: Probe;
  readonly readinessProbe: Probe;
}
interface Deployment {
  readonly kind: "Deployment";
  readonly spec: { readonly template: { readonly spec: { readonly containers: readonly Container[] } } };
}
interface Rules {
  readonly kind: "PrometheusRule";
  readonly spec: {
    readonly groups: readonly {
      readonly rules: readonly { readonly alert?: string; readonly annotations?: { readonly runbook_url: string } }[];
    }[];
  };
}
interface Monitor {
  readonly kind: "ServiceMonitor" | "PodMonitor";
  readonly spec: {
    readonly endpoints?: readonly { readonly port: string; readonly path: string }[];
    readonly podMetricsEndpoints?: readonly { readonly port: string; readonly path: string }[];
  };
}

const SERVICES = [
  ["grpc-service", "price-list", ["--owner", "commerce"]],
  [
    "node-api",
    "returns",
    ["--owner", "commerce", "--expose-at", "/returns", "--database", "small", "--cache", "small"],
  ],
  ["python-worker", "mailer", ["--owner", "growth", "--database", "medium"]],
  ["react-frontend", "wishlist", ["--owner", "growth"]],
] as const;

test("every scaffold is tried here", () => {
  expect(SERVICES.map(([name]) => name)).toEqual(SCAFFOLDS.map(({ name }) => name));
});

describe.each(SERVICES)("%s", (scaffold, name, more) => {
  const isSite = scaffold === "react-frontend";
  let workspace: RepositoryWorkspace;
  let into: string;
  const words = () => [
    "new",
    "--json",
    "--golden-path",
    scaffold,
    "--name",
    name,
    "--organisation",
    "example",
    "--into",
    path.join(into, name),
    ...more,
  ];
  beforeAll(() => {
    workspace = new RepositoryWorkspace();
    workspace.git("config", "user.name", "t");
    workspace.git("config", "user.email", "t@example.com");
    into = fs.mkdtempSync(path.join(os.tmpdir(), "paved-new-"));
  });
  afterAll(() => {
    workspace.remove();
    fs.rmSync(into, { recursive: true, force: true });
  });

  const generated = (file: string) => fs.readFileSync(path.join(into, name, file), "utf8");
  const container = () => delivered<Deployment>("Deployment").spec.template.spec.containers[0]!;
  const ports = (): Ports =>
    Object.fromEntries(container().ports.map((port) => [port.name, port.containerPort] as const));
  function delivered<T extends { readonly kind: string }>(...kinds: readonly T["kind"][]): T {
    // What watches a site stands beside Prometheus: it has no namespace.
    const folder = workspace.file("cdktf.out", "gitops", "dev", isSite ? "platform" : name);
    const files = fs.readdirSync(folder).filter((file) => !isSite || file.includes(`-${name}-`));
    const all = files.map((file) => parse(fs.readFileSync(path.join(folder, file), "utf8")) as T);
    return all.find(({ kind }) => kinds.includes(kind))!;
  }

  function stackText(): string {
    const index = JSON.parse(fs.readFileSync(workspace.file("cdktf.out", "paved.json"), "utf8")) as FleetIndex;
    const { directory } = index.stacks.find((stack) => stack.name === `dev-${name}`)!;
    return fs.readFileSync(workspace.file("cdktf.out", directory, "cdk.tf.json"), "utf8");
  }

  if (scaffold === SCAFFOLDS[0]?.name) {
    test("with --dry-run nothing is written, and everything is checked", () => {
      const { code, out } = workspace.paved(...words(), "--dry-run");
      expect(code).toBe(0);
      expect(JSON.parse(out)).toMatchObject({ registration: { status: "planned" }, repository: { status: "planned" } });
      expect(fs.readdirSync(into)).toEqual([]);
      expect(workspace.git("branch", "--format=%(refname:short)").trim()).toBe("main");
    }, 300_000);
  }

  test("it stands on a branch, whose commit says what it does, and the working tree is as it was", () => {
    const { code, out } = workspace.paved(...words(), "--yes");
    expect(code).toBe(0);
    const { registration } = JSON.parse(out) as { registration: { files: readonly string[] } };
    expect(workspace.git("log", "-1", "--format=%s", `add-${name}`).trim()).toBe(
      `Add the service ${name} on the golden path ${scaffold}`,
    );
    expect(workspace.git("diff", "--name-only", "main", `add-${name}`).trim().split("\n")).toEqual(registration.files);
    expect(workspace.git("status", "--short")).toBe("");
    expect(workspace.git("branch", "--show-current").trim()).toBe("main");
  }, 300_000);

  test("its repository has one commit, and nothing that is not committed", () => {
    const git = (...line: string[]) => execFileSync("git", line, { cwd: path.join(into, name), encoding: "utf8" });
    expect(git("log", "--format=%s").trim().split("\n")).toHaveLength(1);
    expect(git("status", "--short", "--ignored")).toBe("");
  });

  test("a second time there is nothing to do", () => {
    const before = workspace.git("rev-parse", `add-${name}`);
    const { code, out } = workspace.paved(...words(), "--yes");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ registration: { status: "there" }, repository: { status: "there" } });
    expect(workspace.git("rev-parse", `add-${name}`)).toBe(before);
  });

  test("fails with PVD4006 for other answers, and leaves both as they are", () => {
    const before = workspace.git("rev-parse", `add-${name}`);
    const elsewhere = workspace.paved(...words(), "--yes", "--tier", "1", "--into", path.join(into, "other"));
    expect(elsewhere).toMatchObject({ code: 1, out: expect.stringContaining("PVD4006") });
    const here = workspace.paved(...words(), "--yes", "--tier", "1");
    expect(here).toMatchObject({ code: 1, out: expect.stringContaining("PVD4006") });
    expect(workspace.git("rev-parse", `add-${name}`)).toBe(before);
    expect(fs.readdirSync(into)).toEqual([name]);
  });

  test("on its branch everything that is checked is in order", () => {
    workspace.git("switch", "--quiet", `add-${name}`);
    expect(workspace.paved("check", "--today", DAY)).toMatchObject({ code: 0 });
  }, 300_000);

  test("the third command applies it in staging, in the sandbox", () => {
    const { code, out } = workspace.paved("rehearse", "--env", "staging", "--service", name, "--no-synth");
    expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/every second plan is empty/) });
  }, 300_000);

  if (isSite) {
    const only = <T>(resources: Resources<T>): T => {
      const [first, ...more] = Object.values(resources);
      expect(more).toEqual([]);
      return first!;
    };
    const made = () => (JSON.parse(stackText()) as Root).resource;

    test("a preview answers with the headers of its golden path, each of them", () => {
      const { security_headers_config: said } = only(made().aws_cloudfront_response_headers_policy);
      const { access_control_max_age_sec: seconds, include_subdomains, preload } = said.strict_transport_security;
      expect([include_subdomains, preload]).toEqual([true, true]);
      const origin = `https://${loadEnvironments().find(({ environment }) => environment.name === "dev")!.environment.domain}`;
      const headers = {
        "content-security-policy": said.content_security_policy.content_security_policy.replace(origin, "<API origin>"),
        "referrer-policy": said.referrer_policy.referrer_policy,
        "strict-transport-security": `max-age=${seconds}; includeSubDomains; preload`,
        "x-content-type-options": "nosniff",
        "x-frame-options": said.frame_options.frame_option,
      };
      expect(Object.keys(said)).toHaveLength(Object.keys(headers).length);
      expect(JSON.parse(generated("preview/headers.json"))).toEqual(headers);
    });

    test("a preview takes paths for the application's as CloudFront does, by the same function", () => {
      expect(generated("preview/single-page.js")).toMatch(/^\/\/ .*\nexport /);
      expect(generated("preview/single-page.js").split("\nexport ")[1]).toBe(only(made().aws_cloudfront_function).code);
    });

    test("it is published where its golden path says, as the role that its golden path has for it", () => {
      const told = Object.values(made().aws_ssm_parameter);
      const { name: parameter, insecure_value: facts } = told.find((each) => each.name.includes("/site-"))!;
      const script = generated("scripts/publish.sh");
      expect(script).toContain(`--name "${parameter.replace("/dev/", "/$environment/")}"`);
      const fields = [...script.matchAll(/field (\w+)\)/g)].map(([, field]) => field!);
      expect(fields.length).toBeGreaterThan(1);
      expect(fields.filter((field) => !facts.includes(`"${field}" =`))).toEqual([]);
      const roles = Object.values(made().aws_iam_role).map((role) => role.name.replace("-dev-", "-<environment>-"));
      expect(roles.filter((role) => generated("README.md").includes(`\`${role}\``))).toHaveLength(1);
    });
  } else {
    test("an image that is deployed is what its environment runs", () => {
      const deploy = ["deploy", name, "--env", "dev", "--digest", `sha256:${"ab".repeat(32)}`];
      // What the check has synthesized still stands.
      const again = [...deploy, "--no-synth"];
      expect(workspace.paved(...again)).toMatchObject({
        code: 0,
        out: expect.stringContaining("wrote environments/dev"),
      });
      expect(workspace.paved(...again)).toMatchObject({ code: 0, out: expect.not.stringContaining("wrote") });
      expect(workspace.paved("synth").code).toBe(0);
      expect(JSON.stringify(container())).toContain(`/${more[1]}/${name}@sha256:abab`);
    }, 300_000);

    test("what the platform asks its pods is what the repository answers", () => {
      const { livenessProbe, readinessProbe } = container();
      const page = generated("docs/index.md");
      for (const { httpGet } of [livenessProbe, readinessProbe]) {
        expect(page).toContain(`| \`${httpGet?.path ?? "grpc.health.v1.Health"}\` |`);
      }
      const { endpoints = [], podMetricsEndpoints = [] } = delivered<Monitor>("ServiceMonitor", "PodMonitor").spec;
      expect([...endpoints, ...podMetricsEndpoints].map((each) => each.path)).toEqual(["/metrics"]);
      expect(page).toContain("| `/metrics` |");
      expect(generated("Dockerfile")).toContain(`\nEXPOSE ${Object.values(ports()).join(" ")}\n`);
    });

    test("what it is measured by is what its dashboards and alerts read", () => {
      const asked = JSON.stringify(delivered<Rules>("PrometheusRule"));
      const [, metric = ""] = /`(\w+_seconds)`/.exec(generated("docs/index.md")) ?? [];
      expect(asked).toContain(`${metric}_count`);
    });

    test("what the process reads is what it is given", () => {
      const stack = stackText();
      const given = container().env.map((variable) => variable.name);
      const source = scaffold === "python-worker" ? "worker/settings.py" : "src/settings.ts";
      const needed = [...generated(source).matchAll(/(?:text\(|environment\[)"([A-Z_]+)"/g)].map(
        ([, variable]) => variable!,
      );
      const optional = ["LOG_LEVEL", "DATABASE_PASSWORD"];
      expect(needed.length).toBeGreaterThan(0);
      expect(
        needed.filter((each) => !optional.includes(each) && !given.includes(each) && !stack.includes(`"${each}":`)),
      ).toEqual([]);
    });

    test("its page of variables has all that its pods are given, and nothing else", () => {
      const said = [...generated("docs/variables.md").matchAll(/`([A-Z][A-Z0-9_]+)`/g)].map(
        ([, variable]) => variable!,
      );
      const { kubernetes_config_map_v1: all } = (JSON.parse(stackText()) as { resource: ConfigMaps }).resource;
      const { env, envFrom } = container();
      const read = envFrom.map(({ configMapRef }) => configMapRef.name);
      const maps = Object.values(all).filter(({ metadata }) => read.includes(metadata.name));
      const given = [...env.map((variable) => variable.name), ...maps.flatMap(({ data }) => Object.keys(data))];
      expect([...new Set(said)].toSorted()).toEqual([...new Set(given)].toSorted());
    });
  }

  test("every alert leads to a heading of its runbook", () => {
    const headings = [...generated("docs/runbook.md").matchAll(/^## (.*)$/gm)].map(([, heading]) =>
      heading!.toLowerCase().replaceAll(" ", "-"),
    );
    const rules = delivered<Rules>("PrometheusRule").spec.groups.flatMap((group) => group.rules);
    const led = rules.flatMap(({ annotations }) => annotations?.runbook_url.split("#")[1] ?? []);
    expect(led.length).toBeGreaterThan(4);
    expect(led.filter((anchor) => !headings.includes(anchor))).toEqual([]);
    const [first] = rules.flatMap(({ annotations }) => annotations?.runbook_url ?? []);
    expect(first).toMatch(`https://github.com/example/${name}/blob/main/docs/runbook.md#`);
  });
});
