import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { registryHost } from "@paved/model";
import { copyImages, type CopyOptions, type Registry } from "../src";
import { ensureCopier } from "../src/programs";
import { ensureRegistry, type RunningRegistry, site, startRegistry } from "./registries";

export const dev: Registry = { name: "dev", account: "111111111111", region: "eu-west-1" };
export const staging: Registry = { name: "staging", account: "222222222222", region: "eu-west-1" };
export const production: Registry = { name: "production", account: "333333333333", region: "eu-central-1" };

const SLOW = 900_000;

/** What is of AWS, and of whoever runs the tests, and would be asked for credentials. */
const OWN = /^(AWS_|REGCTL_|DOCKER_|HOME$)/;

/**
 * A real registry for each environment, for the tests of a file. The names of ECR lead there, by regctl's own settings, and
 * nobody has credentials.
 */
export function registriesForTests() {
  const folder = mkdtempSync(path.join(tmpdir(), "paved-images-"));
  const own = Object.entries(process.env).filter(([name]) => OWN.test(name));
  const running = new Map<string, RunningRegistry>();
  const ports = new Map<string, number>();
  const settings = path.join(folder, "regctl.json");

  function leadTo(registry: Registry, port: number): void {
    ports.set(registryHost(registry), port);
    const hosts = Object.fromEntries(
      [...ports].map(([host, each]) => [host, { tls: "disabled", hostname: `127.0.0.1:${each}`, credHost: host }]),
    );
    writeFileSync(settings, JSON.stringify({ hosts }));
  }

  async function start(registry: Registry, htpasswd?: string): Promise<void> {
    await running.get(registry.name)?.stop();
    running.set(registry.name, await startRegistry(path.join(folder, registry.name), htpasswd));
    leadTo(registry, running.get(registry.name)!.port);
  }

  beforeAll(async () => {
    await ensureCopier(site, { progress: () => {} });
    await ensureRegistry();
    for (const [name] of own) delete process.env[name];
    Object.assign(process.env, { HOME: folder, AWS_EC2_METADATA_DISABLED: "true", REGCTL_CONFIG: settings });
    for (const registry of [dev, staging, production]) await start(registry);
  }, SLOW);

  afterAll(async () => {
    for (const registry of running.values()) await registry.stop();
    for (const name of Object.keys(process.env).filter((each) => OWN.test(each))) delete process.env[name];
    Object.assign(process.env, Object.fromEntries(own));
    rmSync(folder, { recursive: true, force: true });
  });

  return {
    folder,
    start,
    /** Has an environment's registry be what listens on a port. */
    leadTo,
    stop: (registry: Registry) => running.get(registry.name)!.stop(),
    portOf: (registry: Registry) => running.get(registry.name)!.port,
  };
}

/** Copies images to staging, by default from dev. */
export function copy(options: Partial<CopyOptions> & Pick<CopyOptions, "images">) {
  return copyImages({ to: staging, from: [dev], site, progress: () => {}, ...options });
}

/** An image of the service `orders`. */
export const orders = (digest: string) => ({ unit: "orders", repository: "commerce/orders", digest });

/** The tag at which an image is kept. */
export const kept = (digest: string) => `released-${digest.replace("sha256:", "")}`;
