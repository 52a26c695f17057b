import { type EnvironmentEntry, imageSources } from "@paved/model";
import { gatesOf } from "../github/approvers";

/** What workflows say of an environment. */
export type WorkflowEnvironment = Pick<EnvironmentEntry, "name" | "account" | "region" | "approvals" | "ephemeral">;

/** Writes what a file says of environments into its text. @returns nothing when the place for it is not there */
export type Rewrite = (text: string, environments: readonly WorkflowEnvironment[]) => string | undefined;

/** Every file of GitHub's that names environments, and how each does. */
export const WORKFLOW_FILES: Readonly<Record<string, Rewrite>> = {
  ".github/actionlint.yaml": (text, environments) =>
    replaced(
      text,
      /(?<=^ {2}labels:\n)(?: {4}- paved-.*\n)+/m,
      lines(environments, ({ name }) => `    - paved-${name}`),
    ),
  ".github/workflows/apply.yml": applyJobs,
  ".github/workflows/drift.yml": matrix,
  ".github/workflows/pull-request.yml": matrix,
};

function matrix(text: string, environments: readonly WorkflowEnvironment[]): string | undefined {
  const row = ({ name, account, region }: WorkflowEnvironment): string =>
    `          - { environment: ${name}, account: "${account}", region: ${region} }`;
  return replaced(text, /(?: {10}- \{ environment: .*\n)+/, lines(environments, row));
}

/**
 * All jobs: three an environment and one more that copies images where there is an environment to copy from, each environment
 * after the one before. Nothing waits for an ephemeral one. What steps are is written by hand, in the first job that has
 * them: the others point there.
 */
function applyJobs(text: string, environments: readonly WorkflowEnvironment[]): string | undefined {
  const [head, jobs] = text.split(/(?<=^jobs:\n)/m);
  const copies = environments.some(({ name }) => imageSources(environments, name).length > 0);
  const steps = new Map(
    ["plan", "apply", ...(copies ? ["copy"] : []), "deliver"].map((job) => [
      job,
      new RegExp(`^ {4}steps: &${job}\\n((?: {6}.*\\n|\\n(?= {6}|\\n))+)`, "m").exec(jobs ?? "")?.[1],
    ]),
  );
  if (head === undefined || [...steps.values()].includes(undefined)) return undefined;
  // A job of somebody's own would be gone.
  if ([...(jobs ?? "").matchAll(/^ {2}([\w-]+):/gm)].some(([, job]) => !OUR_JOB.test(job!))) return undefined;
  const seen = new Set<string>();
  const first = (what: string): boolean => !seen.has(what) && seen.add(what) !== undefined;
  const stepsOf = (job: string): string =>
    first(job) ? `    steps: &${job}\n${steps.get(job)}` : `    steps: *${job}\n`;
  const written = environments.map((environment) => {
    const [before] = imageSources(environments, environment.name);
    return [
      planJob(environment, before?.name) + stepsOf("plan"),
      ...gatesFor(environment).map((gate) => gateJob(environment, gate)),
      applyJob(environment) + stepsOf("apply"),
      ...(before === undefined ? [] : [copyJob(environment, first("images")) + stepsOf("copy")]),
      deliverJob(environment, before === undefined ? "apply" : "copy", first("token")) + stepsOf("deliver"),
    ].join("\n");
  });
  return head + written.join("\n");
}

const OUR_JOB = /^(?:plan|approve|apply|copy|deliver)-/;

function planJob({ name, account, region }: WorkflowEnvironment, before: string | undefined): string {
  return `  plan-${name}:
    name: plan ${name}
${before === undefined ? "" : `    needs: deliver-${before}\n`}    runs-on: [self-hosted, paved-${name}]
    timeout-minutes: 60
    permissions:
      actions: read # to read what was applied last
      contents: read # to check out
      id-token: write # to take on the role that looks
    env: &${name}
      ENVIRONMENT: ${name}
      ACCOUNT: "${account}"
      REGION: ${region}
`;
}

/** The gates that are no environment of ours: GitHub goes on after one approval. */
function gatesFor({ name, approvals }: WorkflowEnvironment): readonly string[] {
  return gatesOf(name).slice(1, Math.max(approvals, 1));
}

function gateJob({ name }: WorkflowEnvironment, gate: string): string {
  return `  # GitHub goes on after one approval: ${name} wants a ${gate.slice(name.length + 1)} one, by somebody else.
  approve-${gate}:
    name: approve ${gate}
    needs: plan-${name}
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    permissions: {}
    environment: ${gate}
    steps:
      - name: approved
        run: "true"
`;
}

function applyJob(environment: WorkflowEnvironment): string {
  const { name } = environment;
  const needs = [`plan-${name}`, ...gatesFor(environment).map((gate) => `approve-${gate}`)];
  return `  apply-${name}:
    name: apply ${name}
    needs: ${needs.length === 1 ? needs[0] : `[${needs.join(", ")}]`}
    runs-on: [self-hosted, paved-${name}]
    timeout-minutes: 120
    # GitHub waits here for whom the environment names.
    environment: ${name}
    permissions:
      actions: read # to read who approved
      contents: read # to check out
      id-token: write # to take on the role that changes
    env: *${name}
`;
}

function copyJob({ name }: WorkflowEnvironment, isFirst: boolean): string {
  return `  copy-${name}:
    name: copy images to ${name}
    needs: apply-${name}
    runs-on: ubuntu-24.04
    timeout-minutes: 60
${isFirst ? "    # Nobody is waited for: the role that copies there is for jobs of this environment alone.\n" : ""}    environment: copy-${name}
    permissions:
      contents: read # to check out
      id-token: write # to take on the role that copies
    env: *${name}
`;
}

function deliverJob({ name }: WorkflowEnvironment, after: string, isFirst: boolean): string {
  return `  deliver-${name}:
    name: deliver ${name}
    needs: ${after}-${name}
    runs-on: ubuntu-24.04
    timeout-minutes: 15
${isFirst ? "    # Nobody is waited for: it has the token, and is for this branch alone.\n" : ""}    environment: delivery
    permissions:
      contents: read # to check out
    env: *${name}
`;
}

function lines(
  environments: readonly WorkflowEnvironment[],
  line: (environment: WorkflowEnvironment) => string,
): string {
  return environments.map((environment) => `${line(environment)}\n`).join("");
}

function replaced(text: string, place: RegExp, by: string): string | undefined {
  return place.test(text) ? text.replace(place, () => by) : undefined;
}
