import { changesInWords, deliver, type Delivery, masked, type Source, sourceOf } from "@paved/delivery";
import { type Finding, Findings } from "@paved/model";
import { select } from "@paved/pipeline";
import type { CommandContext, CommandRun } from "../command-spec";
import { EXIT_CODES } from "../exit-codes";
import { missing, oneEnvironment } from "../releases/asked";
import { fleetAtHand } from "./fleet-at-hand";

/** `paved deliver` */
export const deliverCommand: CommandRun = async (context) => {
  const { workspace, terminal, options } = context;
  const { environment, repository } = said(context);
  // Asked before synth reads the files: what is committed meanwhile is not what was rendered.
  const source = await sourceOf(workspace.root);
  const { index, delivered: files } = await fleetAtHand(context);
  select(index, [], { environments: [environment] });
  const { revision } = index.environments.find(({ name }) => name === environment)!.delivery;
  const branch = typeof options["branch"] === "string" ? options["branch"] : revision;
  const dryRun = options["dryRun"] === true;
  const delivery = await stoppable((signal) =>
    deliver({ files, environment, repository, branch, source, dryRun, signal, progress: terminal.err }),
  );
  if (options["json"] === true) terminal.out(JSON.stringify({ ...reportOf(delivery, source), dryRun }, null, 2));
  else terminal.out(inWords(delivery, source, dryRun));
  return EXIT_CODES.ok.code;
};

function said({ options }: CommandContext): { readonly environment: string; readonly repository: string } {
  const findings = new Findings();
  const environment = findings.collect(() => oneEnvironment(options, "env"));
  const { to, branch } = options;
  if (typeof to !== "string" || to === "") {
    const fix = "say which, for example --to https://git.example.com/platform/paved.git";
    findings.add(missing("--to", "the delivery repository", fix));
  }
  if (typeof branch === "string" && !/^\w[\w./-]*$/.test(branch)) findings.add(noBranch(branch));
  findings.throwIfAny();
  return { environment: environment!, repository: to as string };
}

function noBranch(got: string): Finding {
  return { code: "PVD4003", where: "--branch", got: masked(got), want: "a branch", fix: "say one such as delivery" };
}

/** Does work that ends by itself on Ctrl-C, once nothing of it is left behind. */
async function stoppable<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  const onSignal = (): void => stop.abort();
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  try {
    return await work(stop.signal);
  } finally {
    process.off("SIGINT", onSignal);
    process.off("SIGTERM", onSignal);
  }
}

function reportOf({ changes, ...delivery }: Delivery, source: Source | undefined): object {
  return {
    ...delivery,
    before: delivery.before ?? null,
    commit: delivery.commit ?? null,
    source: source?.commit ?? null,
    uncommitted: source?.uncommitted ?? null,
    services: changes.services,
    units: changes.units,
  };
}

function inWords(delivery: Delivery, source: Source | undefined, dryRun: boolean): string {
  const { environment, branch, commit, before, changes, repository } = delivery;
  const made = commit === undefined ? `${branch} stays at ${short(before)}` : `commit ${short(commit)} on ${branch}`;
  const lines = [`${environment}: ${changesInWords(changes)}; ${made}${dryRun ? ", with --dry-run" : ""}`];
  if (source?.uncommitted === true) lines.push("rendered with changes that are not committed");
  if (commit !== undefined) lines.push(`pushed to ${repository}`);
  return lines.join("\n");
}

function short(commit: string | undefined): string {
  return commit?.slice(0, 7) ?? "nothing";
}
