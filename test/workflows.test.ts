import * as fs from "node:fs";
import * as path from "node:path";
import { COMMANDS } from "@paved/cli/src/command-table";
import { loadEnvironments } from "@paved/environments";
import { judgeWorkflows } from "@paved/judges";
import { imageSources } from "@paved/model";
import { githubSubject, PIPELINE_ROLES, pipelineRoleArn } from "@paved/modules";
import { gatesOf } from "@paved/pipeline";
import { parse } from "yaml";

const root = path.join(__dirname, "..");
const folder = path.join(root, ".github", "workflows");
const environments = loadEnvironments().map(({ environment }) => environment);
/** Those that images are copied to. */
const copying = environments.filter(({ name }) => imageSources(environments, name).length > 0);

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly if?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}
interface Place {
  readonly environment: string;
  readonly account: string;
  readonly region: string;
}
interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly environment?: string;
  readonly env?: Readonly<Record<"ENVIRONMENT" | "ACCOUNT" | "REGION", string>>;
  readonly needs?: string | readonly string[];
  readonly strategy?: { readonly matrix: { readonly include: readonly Place[] } };
  readonly "timeout-minutes"?: number;
  readonly "runs-on": string | readonly string[];
  readonly steps: readonly Step[];
}
interface Workflow {
  readonly on: Readonly<Record<string, { readonly branches?: readonly string[] } | null>>;
  readonly permissions: unknown;
  readonly concurrency?: { readonly group: string };
  readonly jobs: Readonly<Record<string, Job>>;
}

const read = (name: string) => fs.readFileSync(path.join(folder, name), "utf8");
const names = ["apply.yml", "drift.yml", "pull-request.yml"];
const workflow = (name: string) => parse(read(name)) as Workflow;
const jobs = names.flatMap((name) =>
  Object.entries(workflow(name).jobs).map(([id, job]) => ({ name: `${name} ${id}`, job })),
);
/** Jobs that do nothing but wait for somebody: GitHub lets a job go on after one approval. */
const gates = jobs.filter(({ job: { steps } }) => steps.every(({ uses }) => uses === undefined));
const working = jobs.filter((each) => !gates.includes(each));
const job = (name: string) => jobs.find((each) => each.name === name)!.job;
const stepsOf = ({ steps }: Job, uses: string) => steps.filter((step) => step.uses?.startsWith(`${uses}@`) === true);
const lines = working.flatMap(({ name, job: { steps } }) =>
  steps.flatMap(({ run }) => (run === undefined ? [] : run.trim().split("\n")).map((line) => ({ name, line }))),
);

/** Role that a job takes on, without the account. */
const roleOf = (of: Job) =>
  stepsOf(of, "aws-actions/configure-aws-credentials").map((step) => String(step.with?.["role-to-assume"]));

test("these are the workflows that there are", () => {
  expect(fs.readdirSync(folder).toSorted()).toEqual(names);
});

test("actionlint and zizmor find nothing", async () => {
  const home = path.join(root, ".paved", "judges");
  const requirements = path.join(root, "packages", "judges", "requirements.txt");
  expect(await judgeWorkflows(folder, { home, requirements })).toEqual([]);
}, 480_000);

test.each(names)("%s uses actions by their commits, and says which version each is", (name) => {
  const uses = [...read(name).matchAll(/^\s*(?:- )?uses: (.*)$/gm)].map(([, use]) => use!);
  expect(uses.length).toBeGreaterThan(0);
  expect(uses.filter((use) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(use))).toEqual([]);
});

test("an action is used in one version, everywhere", () => {
  const uses = jobs.flatMap((each) => each.job.steps.flatMap((step) => step.uses ?? []));
  const actions = new Set(uses.map((use) => use.split("@")[0]));
  expect(new Set(uses).size).toBe(actions.size);
});

test.each(lines)("$name runs npm ci or a command of paved: $line", ({ line }) => {
  if (line === "npm ci --ignore-scripts") return;
  const [, words] = /^npx --no -- paved ([a-z -]*[a-z])( (?:--|artefact|bundle).*)?$/.exec(line) ?? [];
  expect(COMMANDS.map(({ name }) => name)).toContain(words?.split(" -")[0]!.replace(/ (artefact|bundle)$/, ""));
});

test.each(names)("%s gives nothing by itself, and each job no more than to read and to say who it is", (name) => {
  expect(workflow(name).permissions).toEqual({});
  const looks = { contents: "read" };
  const identifies = { ...looks, "id-token": "write" };
  const allowed = [{}, looks, identifies, { ...identifies, actions: "read" }];
  for (const { permissions } of Object.values(workflow(name).jobs)) expect(allowed).toContainEqual(permissions);
});

test.each(names)(
  "%s has no secret but the token to deliver with, and nothing gives a pull request's code one",
  (name) => {
    const secrets = read(name).match(/\bsecrets\b.*/g) ?? [];
    expect(secrets).toEqual(name === "apply.yml" ? ["secrets.DELIVERY_TOKEN }}"] : []);
    expect(
      Object.keys(workflow(name).on).filter((event) => /pull_request_target|workflow_run|issue/.test(event)),
    ).toEqual([]);
  },
);

test.each(working)("$name ends, and keeps no credentials of Git", ({ job: each }) => {
  expect(each["timeout-minutes"]).toBeGreaterThan(0);
  const checkouts = stepsOf(each, "actions/checkout").map((step) => step.with?.["persist-credentials"]);
  expect(checkouts).toEqual([false]);
});

test("a pull request's own code runs without credentials, on a machine of GitHub's", () => {
  const own = job("pull-request.yml synthesize");
  expect(own.permissions).toEqual({ contents: "read" });
  expect(roleOf(own)).toEqual([]);
  expect(own["runs-on"]).toBe("ubuntu-24.04");
});

test("with credentials only the code runs that the change is to go onto, on what was validated", () => {
  const plan = job("pull-request.yml plan");
  expect(stepsOf(plan, "actions/checkout")[0]?.with?.["ref"]).toBe("${{ github.event.pull_request.base.sha }}");
  const order = plan.steps.map(({ run, uses }) => run ?? uses!.split("@")[0]);
  expect(order.indexOf("npx --no -- paved validate-output artefact --use")).toBeLessThan(
    order.indexOf("aws-actions/configure-aws-credentials"),
  );
  expect(order.at(-1)).toBe('npx --no -- paved plan --live --no-synth --no-lock --no-refresh --env "$ENVIRONMENT"');
});

test.each([
  ["pull-request.yml plan", "plan"],
  ["drift.yml drift", "observe"],
  ...environments.map(({ name }) => [`apply.yml plan-${name}`, "observe"] as const),
  ...environments.map(({ name }) => [`apply.yml apply-${name}`, "apply"] as const),
  ...copying.map(({ name }) => [`apply.yml copy-${name}`, "copy"] as const),
] as const)("%s takes on the role to %s, and no other", (name, role) => {
  expect(roleOf(job(name))).toEqual([expect.stringMatching(new RegExp(`:role/${PIPELINE_ROLES[role]}$`))]);
});

test("whoever takes on a role does so in the environments' own accounts and regions", () => {
  const known = environments.map(({ name, account, region }) => ({ environment: name, account, region }));
  for (const { job: each } of jobs.filter((one) => roleOf(one.job).length > 0)) {
    const { strategy, env } = each;
    if (strategy !== undefined) expect(strategy.matrix.include).toEqual(known);
    else expect(known).toContainEqual({ environment: env!.ENVIRONMENT, account: env!.ACCOUNT, region: env!.REGION });
    const [arn] = roleOf(each);
    const written = arn!.replace(/\$\{\{ (?:env\.ACCOUNT|matrix\.account) \}\}/, "111111111111");
    expect(
      Object.keys(PIPELINE_ROLES).map((role) => pipelineRoleArn({ account: "111111111111" }, role as "plan")),
    ).toContain(written);
  }
});

test("whoever may only look takes no lock", () => {
  const looking = lines.filter(({ name, line }) => / plan|drift/.test(name) && / paved (plan|drift) /.test(line));
  expect(looking).toHaveLength(2 + environments.length);
  expect(looking.filter(({ line }) => !line.includes(" --no-lock "))).toEqual([]);
});

test("what has expired is asked for every night, by a job that takes on no role", () => {
  const own = lines.filter(({ name }) => name === "drift.yml expired").map(({ line }) => line);
  expect(own.at(-1)).toBe("npx --no -- paved environments --expired");
  expect(roleOf(job("drift.yml expired"))).toEqual([]);
});

test("whoever reads a run is shown what a change does and what has drifted, which takes no right to write", () => {
  for (const [name, command] of [
    ["pull-request.yml synthesize", "pipeline pull-request"],
    ["drift.yml drift", "drift"],
  ] as const) {
    const own = lines.filter((each) => each.name === name && each.line.includes(` paved ${command} `));
    expect(own.map(({ line }) => / --summary( |$)/.test(line))).toEqual([true]);
    expect(Object.entries(job(name).permissions ?? {}).filter(([right]) => right !== "id-token")).toEqual([
      ["contents", "read"],
    ]);
  }
});

test("what was merged goes through the environments in their order, each approved by whom GitHub's names", () => {
  const all = workflow("apply.yml").jobs;
  const jobsOf = ({ name }: { readonly name: string }) => [
    `plan-${name}`,
    `apply-${name}`,
    ...(copying.some((each) => each.name === name) ? [`copy-${name}`] : []),
    `deliver-${name}`,
  ];
  const worked = working.flatMap(({ name }) => name.match(/^apply\.yml (.*)/)?.[1] ?? []);
  expect(worked).toEqual(environments.flatMap(jobsOf));
  // Nothing waits for what is ephemeral.
  const order = environments.filter(({ ephemeral }) => ephemeral === false).flatMap(jobsOf);
  expect(order.map((name) => [all[name]?.needs].flat()[0])).toEqual([undefined, ...order.slice(0, -1)]);
  for (const { name } of environments) {
    expect(all[`apply-${name}`]).toMatchObject({ environment: name, env: { ENVIRONMENT: name } });
    expect(all[`plan-${name}`]?.environment).toBeUndefined();
    expect(all[`plan-${name}`]?.env?.ENVIRONMENT).toBe(name);
  }
});

test.each(environments.map(({ name }) => name))(
  "%s is planned onto what was applied last: whoever wrote a commit since is an author",
  (name) => {
    const plan = job(`apply.yml plan-${name}`);
    const [step] = plan.steps.filter(({ run }) => run?.includes(" paved plan ") === true);
    expect(step?.run).toContain(" --base-from-github ");
    for (const each of [plan, job(`apply.yml apply-${name}`)]) {
      expect(stepsOf(each, "actions/checkout")[0]?.with?.["fetch-depth"]).toBe(0);
    }
  },
);

test.each(environments.map(({ name }) => name))("an apply of %s that failed keeps how far it came", (name) => {
  const { steps } = job(`apply.yml apply-${name}`);
  const [taken] = stepsOf(job(`apply.yml apply-${name}`), "actions/download-artifact");
  expect(steps.at(-1)?.uses).toMatch(/^actions\/upload-artifact@/);
  expect(steps.at(-1)).toMatchObject({ if: "failure() || cancelled()", with: { ...taken?.with, overwrite: true } });
});

describe.each(environments.map((each) => [each.name, each] as const))("%s is delivered", (name, { delivery }) => {
  const deliver = job(`apply.yml deliver-${name}`);

  test("when its apply has succeeded and its images are there, with the whole history, so that nothing newer is taken back", () => {
    const before = copying.some((each) => each.name === name) ? `copy-${name}` : `apply-${name}`;
    expect(deliver).toMatchObject({ needs: before, env: { ENVIRONMENT: name } });
    expect(deliver).not.toHaveProperty("if");
    expect(stepsOf(deliver, "actions/checkout")[0]?.with?.["fetch-depth"]).toBe(0);
  });

  test("to the repository that its cluster reads, whose host alone is told the token", () => {
    const written = parse(read("apply.yml")) as { env: { DELIVERY_REPOSITORY: string } };
    expect(written.env.DELIVERY_REPOSITORY).toBe(delivery.repository);
    const { run, env } = deliver.steps.at(-1)!;
    expect(run).toBe('npx --no -- paved deliver --env "$ENVIRONMENT" --to "$DELIVERY_REPOSITORY"');
    expect(env?.["GIT_CONFIG_KEY_0"]).toBe(`credential.${new URL(delivery.repository).origin}.helper`);
  });

  test("by a job that takes on no role, and reads this repository", () => {
    expect({ roles: roleOf(deliver), permissions: deliver.permissions, runsOn: deliver["runs-on"] }).toEqual({
      roles: [],
      permissions: { contents: "read" },
      runsOn: "ubuntu-24.04",
    });
  });

  test("with the token in its last step alone, from a GitHub environment that nobody's approval holds up", () => {
    expect(deliver.environment).toBe("delivery");
    expect(deliver.steps.filter(({ env }) => env !== undefined)).toEqual([deliver.steps.at(-1)]);
  });
});

describe.each(copying.map((each) => [each.name, each] as const))("images are copied to %s", (name) => {
  const copy = job(`apply.yml copy-${name}`);

  test("when its apply has succeeded, since repositories come first", () => {
    expect(copy).toMatchObject({ needs: `apply-${name}`, env: { ENVIRONMENT: name } });
    expect(copy).not.toHaveProperty("if");
    expect(copy.steps.at(-1)?.run).toBe('npx --no -- paved copy-images --env "$ENVIRONMENT"');
  });

  test("by a job that is in the GitHub environment which its role trusts, reads this repository and has no secret", () => {
    const trusted = githubSubject(
      environments.find((each) => each.name === name)!,
      "copy",
    );
    expect({ environment: copy.environment, permissions: copy.permissions, runsOn: copy["runs-on"] }).toEqual({
      environment: /:environment:(.*)$/.exec(trusted)?.[1],
      permissions: { contents: "read", "id-token": "write" },
      runsOn: "ubuntu-24.04",
    });
    expect(copy.steps.filter(({ env }) => env !== undefined)).toEqual([]);
  });

  test("by no other job, which could push there before that environment was approved", () => {
    const copiers = jobs.filter(({ job: { environment } }) => environment === copy.environment);
    expect(copiers.map((each) => each.name)).toEqual([`apply.yml copy-${name}`]);
  });

  test("with what copies built by the time that its role's hour begins", () => {
    const order = copy.steps.map(({ run, uses }) => run ?? uses!.split("@")[0]);
    expect(order.indexOf("npx --no -- paved setup --images")).toBeLessThan(
      order.indexOf("aws-actions/configure-aws-credentials"),
    );
  });
});

test("a job that runs providers or copies images cannot say that it is the one that delivers", () => {
  const delivering = jobs.filter(({ job: { environment } }) => environment === "delivery").map(({ name }) => name);
  expect(delivering).toEqual(environments.map(({ name }) => `apply.yml deliver-${name}`));
});

test("a run keeps one plan of each environment: what was approved in it is that one", () => {
  const kept = jobs
    .filter(({ name }) => name.startsWith("apply.yml plan-"))
    .map(({ job: each }) => stepsOf(each, "actions/upload-artifact"));
  expect(kept).toHaveLength(environments.length);
  for (const steps of kept) expect(steps.map((step) => step.with?.["overwrite"])).toEqual([undefined]);
});

test("a pull request is compared with the branch that it was merged onto, and its jobs can be run again", () => {
  const own = job("pull-request.yml synthesize");
  expect(stepsOf(own, "actions/checkout")[0]?.with).not.toHaveProperty("ref");
  expect(own.steps.flatMap(({ run }) => / pull-request --base (\S+) /.exec(run ?? "")?.[1] ?? [])).toEqual(["HEAD^1"]);
  expect(stepsOf(own, "actions/upload-artifact").map((step) => step.with?.["overwrite"])).toEqual([true, true]);
});

test("workflows and roles mean the same branch", () => {
  const branches = [...new Set(environments.map(({ pipeline }) => pipeline.branch))];
  expect(workflow("apply.yml").on["push"]?.branches).toEqual(branches);
  expect(workflow("pull-request.yml").on["pull_request"]?.branches).toEqual(branches);
});

test.each(environments.filter(({ approvals }) => approvals > 1).map((each) => [each.name, each] as const))(
  "%s has a gate for each approval that it needs, since GitHub goes on after one",
  (name, { approvals }) => {
    const waits = [workflow("apply.yml").jobs[`apply-${name}`]?.needs].flat().map((each) => job(`apply.yml ${each}`));
    const own = waits.filter((each) =>
      gates.some((gate) => gate.job === each || gate.job.environment === each.environment),
    );
    const places = new Set([name, ...own.flatMap(({ environment }) => environment ?? [])]);
    expect([...places]).toEqual(gatesOf(name).slice(0, approvals));
  },
);

test("the token of a job is given to the commands that read who approved, and what was applied last", () => {
  const given = jobs.flatMap(({ job: { steps } }) =>
    steps.filter(({ env }) => JSON.stringify(env)?.includes("github.token")),
  );
  const commands = given.map(({ run }) =>
    / paved (\w+) .*(--\S*from-github)/
      .exec(run ?? "")
      ?.slice(1)
      .join(" "),
  );
  expect(new Set(commands)).toEqual(new Set(["approve --from-github", "plan --base-from-github"]));
  expect(given).toHaveLength(2 * environments.length);
});

test("a gate has no rights and does nothing", () => {
  for (const { job: gate } of gates) {
    expect({ permissions: gate.permissions, runs: gate.steps.map(({ run }) => run) }).toEqual({
      permissions: {},
      runs: ["true"],
    });
  }
});
