import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { findEngine, Interruption, planDocuments, readFleet, withAccess, Workspace } from "@paved/pipeline";
import { DAY } from "./day";
import { RepositoryWorkspace } from "./repository-workspace";
import { ASTRAY, CANARY, ThrowawayWorkspace } from "./throwaway-workspace";

jest.setTimeout(900_000);

const STACKS = ["dev-state", "dev-network", "dev-cluster", "dev-platform", "dev-payments"];
const IN_S3 = ["--env", "dev", "--service", "payments", "--state", "s3"];

const workspace = new ThrowawayWorkspace();
const inS3 = new Workspace(workspace.directory).keepingStateIn("s3");
const repository = new RepositoryWorkspace();
afterAll(() => {
  workspace.remove();
  repository.paved("sandbox", "reset");
  repository.remove();
});

/** Files in which programs look for credentials, in a home that the commands are started with. */
function plantAtHome(): void {
  const home = workspace.file("home");
  const files = {
    ".aws/credentials": `[default]\naws_access_key_id = ${CANARY}\naws_secret_access_key = ${CANARY}\n`,
    ".aws/config": `[default]\nregion = eu-west-1\nrole_session_name = ${CANARY}\n`,
    ".terraformrc": `credentials "registry.opentofu.org" {\n  token = "${CANARY}"\n}\n`,
    ".netrc": `machine registry.opentofu.org login x password ${CANARY}\n`,
    ".kube/config": `users:\n- name: x\n  user:\n    token: ${CANARY}\n`,
  };
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(home, name)), { recursive: true });
    fs.writeFileSync(path.join(home, name), text);
  }
  workspace.environment = { ...workspace.environment, HOME: home };
}

/** Puts the value of a secret where the owning team puts it: into Secrets Manager, with the name that the service's has. */
async function plantInSecretsManager(endpoint: string): Promise<void> {
  const credential = "team/20200101/eu-west-1/secretsmanager/aws4_request";
  const answer = await fetch(endpoint, {
    method: "POST",
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=none`,
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": "secretsmanager.CreateSecret",
    },
    body: JSON.stringify({ Name: "paved/dev/payments/stripe-api-key", SecretString: CANARY }),
  });
  expect(answer.ok).toBe(true);
}

/** A password that somebody writes into a service file. It is refused, and must not be repeated. */
function plantInServiceFile(): string {
  const file = workspace.file("stacks", "services", "payments.ts");
  const sound = fs.readFileSync(file, "utf8");
  fs.writeFileSync(file, sound.replace("https://runbooks", `https://app:${CANARY}@runbooks`));
  const { code, out, err } = workspace.paved("synth");
  fs.writeFileSync(file, sound);
  expect(code).toBe(1);
  return out + err;
}

/** What the engine itself reads of a state, decrypted. */
async function pulled(stack: string, endpoint: string): Promise<string> {
  const { engine } = await findEngine(inS3, process.env["PATH"] ?? "");
  const { status, stdout, stderr } = spawnSync(engine!.binary, ["state", "pull"], {
    cwd: inS3.working("sandbox", stack),
    encoding: "utf8",
    env: { AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID: "x", AWS_SECRET_ACCESS_KEY: "x", HOME: inS3.engineHome },
  });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

/** Plans of all stacks as JSON, which are written for judges. */
async function plans(): Promise<readonly string[]> {
  const { engine } = await findEngine(inS3, process.env["PATH"] ?? "");
  const interruption = new Interruption();
  const stacks = readFleet(inS3).stacks.filter(({ name }) => STACKS.includes(name));
  const documents = await planDocuments({ workspace: inS3, engine: engine!, stacks, interruption });
  interruption.close();
  return documents.map(({ file }) => fs.readFileSync(file, "utf8"));
}

test("no secret that a person, a machine or a team has is in what is synthesized, planned, applied, kept or said", async () => {
  plantAtHome();
  expect(plantInServiceFile()).toMatch(/PVD1029/);
  expect(workspace.paved("plan", ...IN_S3).code).toBe(0);
  const endpoint = await withAccess(
    { workspace: inS3, mode: "sandbox", stacks: [] },
    async ({ stateAccess }) => stateAccess?.["AWS_ENDPOINT_URL"] as string,
  );
  await plantInSecretsManager(endpoint);
  expect(workspace.paved("rehearse", ...IN_S3).code).toBe(0);
  expect(workspace.paved("drift", ...IN_S3, "--json").code).toBe(0);
  expect(workspace.paved("unlock", ...IN_S3, "--json").code).toBe(0);
  expect(workspace.paved("destroy", "--env", "dev", "--state", "s3", "--live", "--yes").code).toBe(2);

  const states = await Promise.all(STACKS.map((stack) => pulled(stack, endpoint)));
  expect(states.map((state) => (JSON.parse(state) as { resources: unknown[] }).resources.length > 0)).toEqual(
    STACKS.map(() => true),
  );
  const documents = await plans();
  expect(documents).toHaveLength(STACKS.length);
  const files = [...workspace.written()];
  const names = files.map(([file]) => file);
  for (const kind of [
    /cdk\.tf\.json$/,
    /gitops\/.*\.yaml$/,
    /catalog\/.*\.yaml$/,
    /plans\/.*\.json$/,
    /server\.log$/,
  ]) {
    expect(names).toContainEqual(expect.stringMatching(kind));
  }
  const said = [workspace.said, ...states, ...documents];
  expect(files.filter(([, bytes]) => bytes.includes(CANARY)).map(([file]) => file)).toEqual([]);
  expect(said.filter((text) => text.includes(CANARY))).toEqual([]);
});

/** Has every container of the golden paths told a secret, as somebody would who does not know better. */
function plantInContainers(value: string): void {
  const file = "golden-paths/src/manifests/pod.ts";
  const given = "facts.variables, ...files";
  const text = repository.read(file).replace(/\{ STRIPE_API_KEY: "[^"]*" \}, /, "");
  expect(text).toContain(given);
  repository.write(file, text.replace(given, `{ STRIPE_API_KEY: "${value}" }, ${given}`));
}

test("no secret that a person or a machine has is in what is said of a change, or kept of its plans", () => {
  repository.environment = ASTRAY;
  const module = "modules/src/image-repository/image-repository.ts";
  const base = ["--base", "HEAD~1"];
  const choice = ["--env", "dev", "--service", "pricing", "--state", "s3"];
  expect(repository.paved("rehearse", ...choice).code).toBe(0);
  repository.write(module, repository.read(module).replace("IMAGES_KEPT = 50", "IMAGES_KEPT = 60"));
  repository.commit("more images are kept");
  const kept = repository.file(".paved", "kept");
  const pipeline = ["pipeline", "pull-request", ...base, "--today", DAY, ...choice, "--bundle", `${kept}-1`];
  expect(repository.paved(...pipeline, "--comment", repository.file(".paved", "comment.md")).code).toBe(0);
  expect(repository.paved("plan", ...choice, ...base, "--today", DAY, "--bundle", `${kept}-2`).code).toBe(0);
  expect(filesWith(repository.file("."))).toEqual([]);

  plantInContainers(`${CANARY}-1`);
  repository.commit("a password for it");
  plantInContainers(`${CANARY}-2`);
  for (const form of [["-f", "markdown"], ["-f", "html"], ["--json"], ["--attributes"]]) {
    const { code, out } = repository.paved("impact", ...form);
    expect({ form, code, masked: out.includes("(masked)") }).toEqual({ form, code: 0, masked: true });
  }
  expect(repository.paved("pipeline", "pull-request", "--today", DAY).err).toContain("K8S-CTR-012");
  expect(repository.said).not.toContain(CANARY);
});

/** Files of a workspace that hold the secret. */
function filesWith(directory: string): readonly string[] {
  return fs
    .readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile())
    .map(({ parentPath, name }) => path.join(parentPath, name))
    .filter((file) => fs.readFileSync(file).includes(CANARY));
}
