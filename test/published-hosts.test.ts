import * as fs from "node:fs";
import { loadEnvironments } from "@paved/environments";
import type { Environment, FleetIndex } from "@paved/model";
import { parse } from "yaml";
import { synthesizedWorkspace } from "./throwaway-workspace";

/** Whether every address that is printed leads to something that a stack or a delivery makes. */
const workspace = synthesizedWorkspace();

const environments = loadEnvironments().map(({ environment }) => environment);

type Attributes = Readonly<Record<string, unknown>>;

interface Manifest {
  readonly kind: string;
  readonly spec?: {
    readonly hostnames?: readonly string[];
    readonly listeners?: readonly { readonly hostname: string }[];
  };
  readonly data?: Readonly<Record<string, string>>;
}

function filesIn(...folder: string[]): readonly string[] {
  const directory = workspace.file("cdktf.out", ...folder);
  return fs
    .readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => fs.readFileSync(`${entry.parentPath}/${entry.name}`, "utf8"));
}

const delivered = ({ name }: Environment) => filesIn("gitops", name).map((text) => parse(text) as Manifest);

function resources({ name }: Environment, type: string): readonly Attributes[] {
  const { stacks } = JSON.parse(fs.readFileSync(workspace.file("cdktf.out", "paved.json"), "utf8")) as FleetIndex;
  return stacks
    .filter(({ environment }) => environment === name)
    .flatMap(({ directory }) => {
      const file = workspace.file("cdktf.out", directory, "cdk.tf.json");
      const { resource } = JSON.parse(fs.readFileSync(file, "utf8")) as { resource: Record<string, object> };
      return Object.values(resource[type] ?? {}) as Attributes[];
    });
}

/** Hosts that routes are for, at a listener of the gateway that is for the same. */
function routed(environment: Environment): readonly string[] {
  const all = delivered(environment);
  const listening = all.flatMap(({ spec }) => spec?.listeners ?? []).map(({ hostname }) => hostname);
  const routes = all.filter(({ kind }) => kind === "HTTPRoute" || kind === "GRPCRoute");
  return [...new Set(routes.flatMap(({ spec }) => spec?.hostnames ?? []))].filter((host) => listening.includes(host));
}

/** Hosts that OpenTofu leads somewhere itself. */
function recorded(environment: Environment): readonly string[] {
  const records = resources(environment, "aws_route53_record");
  return records.filter(({ alias }) => alias !== undefined).map(({ name }) => String(name));
}

/** Every host that an address in the texts is at. */
function hostsIn(texts: readonly string[]): readonly string[] {
  const addresses = texts.flatMap((text) => text.match(/https:\/\/[a-z0-9.-]+/gi) ?? []);
  return [...new Set(addresses.map((address) => new URL(address).host))];
}

/** Where runbooks are is the services' own word, and somebody else's host. */
function runbookHosts(): readonly string[] {
  const { services } = JSON.parse(fs.readFileSync(workspace.file("cdktf.out", "paved.json"), "utf8")) as FleetIndex;
  return services.map(({ runbook }) => new URL(runbook).host);
}

/** AWS's own console, where the access logs of sites are looked at. */
const consoleHost = ({ region }: Environment) => `${region}.console.aws.amazon.com`;

const published = (environment: Environment) => [
  ...routed(environment),
  ...recorded(environment),
  consoleHost(environment),
];

test("every host in the catalog and in objectives is one that is published", () => {
  const printed = hostsIn([...filesIn("catalog"), ...filesIn("objectives")]);
  const known = [...environments.flatMap(published), ...runbookHosts()];
  expect(printed.length).toBeGreaterThan(environments.length);
  expect(printed.filter((host) => !known.includes(host))).toEqual([]);
});

test.each(environments)(
  "every host in alerts and dashboards of $name is one that is published there",
  (environment) => {
    const texts = delivered(environment)
      .filter(
        ({ kind, data }) => kind === "PrometheusRule" || Object.keys(data ?? {}).some((key) => key.endsWith(".json")),
      )
      .map((manifest) => JSON.stringify(manifest));
    const known = [...published(environment), ...runbookHosts()];
    expect(hostsIn(texts)).toContain(`grafana.${environment.domain}`);
    expect(hostsIn(texts).filter((host) => !known.includes(host))).toEqual([]);
  },
);

test.each(environments)("every host of the gateway of $name has a certificate where the gateway is", (environment) => {
  const certificates = resources(environment, "aws_acm_certificate").filter(({ region }) => region === undefined);
  const names = certificates.map(({ domain_name: name }) => String(name));
  expect(routed(environment)).toEqual(expect.arrayContaining([environment.domain, `grafana.${environment.domain}`]));
  expect(routed(environment).filter((host) => !names.includes(host))).toEqual([]);
});

test.each(environments)("what writes names of $name may write those of every route", (environment) => {
  const writing = resources(environment, "aws_iam_role_policy")
    .map(({ policy }) => String(policy))
    .filter((policy) => policy.includes("route53:ChangeResourceRecordSets"));
  expect(writing).toHaveLength(1);
  expect(routed(environment).filter((host) => !writing[0]?.includes(`"${host}"`))).toEqual([]);
});
