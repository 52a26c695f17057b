import path from "node:path";
import {
  type ComponentName,
  type ControlPlaneStatus,
  down,
  environmentsIn,
  FEWEST_NODES,
  logsOf,
  MOST_NODES,
  settledStatus,
} from "@paved/control-plane";
import { type Deliverer, didYouMean, ENVIRONMENT_NAMES, PavedError } from "@paved/model";
import type { CommandContext, CommandRun, OptionValues } from "../command-spec";
import { type StartedControlPlane, startControlPlanes } from "../control-plane/start-control-planes";
import { EXIT_CODES } from "../exit-codes";
import { drawTable } from "../terminal/draw-table";
import { quantity } from "../terminal/quantity";
import { indexAtHand, selectionOf } from "./fleet-at-hand";
import { lineCount } from "./line-count";

/** `paved sandbox up` */
export const upCommand: CommandRun = async (context) => {
  const { terminal, options } = context;
  const environments = namedEnvironments(options);
  const delivery = options["delivery"] as Deliverer | undefined;
  const nodes = nodeCount(options["nodes"]);
  const index = await indexAtHand(context);
  const told = (one: StartedControlPlane): void =>
    void (options["json"] !== true && terminal.out(inWords(context, one)));
  const controlPlanes = await startControlPlanes(context, { index, environments, delivery, nodes, told });
  if (options["json"] === true) terminal.out(JSON.stringify({ controlPlanes }, null, 2));
  return EXIT_CODES.ok.code;
};

/** `paved sandbox status` */
export const statusCommand: CommandRun = async ({ workspace, terminal, options }) => {
  const environments = namedEnvironments(options) ?? environmentsIn(workspace);
  const statuses = await Promise.all(
    environments.map((environment) => settledStatus(workspace, environment, terminal.err)),
  );
  if (options["json"] === true) terminal.out(JSON.stringify({ controlPlanes: statuses }, null, 2));
  else if (statuses.length === 0) terminal.out("no control plane yet; paved sandbox up starts one");
  else {
    for (const status of statuses) terminal.out(summary(status));
    const rows = statuses
      .filter(isRunning)
      .flatMap(({ environment, components }) =>
        components.map(({ name, pid, memoryMiB, port }) => [environment, name, said(pid), said(memoryMiB), said(port)]),
      );
    const right = ["pid", "MiB", "port"].map((head) => ({ head, align: "right" }) as const);
    if (rows.length > 0)
      terminal.out(drawTable(terminal, [{ head: "environment" }, { head: "component" }, ...right], rows));
  }
  return statuses.some(({ state }) => state === "degraded") ? EXIT_CODES.failed.code : EXIT_CODES.ok.code;
};

/** `paved sandbox logs` */
export const logsCommand: CommandRun = async ({ workspace, terminal, options }) => {
  const environments = namedEnvironments(options) ?? environmentsIn(workspace);
  const only = options["component"] as ComponentName | undefined;
  const lines = lineCount(options["lines"], "component");
  const logs = environments.flatMap((environment) =>
    logsOf(workspace, environment, { lines, only }).map((log) => ({ environment, ...log })),
  );
  if (options["json"] === true) terminal.out(JSON.stringify({ logs }, null, 2));
  else if (environments.length === 0) terminal.out("no control plane yet; paved sandbox up starts one");
  else {
    for (const log of logs) for (const line of log.lines) terminal.out(`${log.environment} ${log.component} | ${line}`);
  }
  return EXIT_CODES.ok.code;
};

/** `paved sandbox down` */
export const downCommand: CommandRun = async ({ workspace, terminal, options }) => {
  const stopped: { readonly environment: string; readonly components: readonly ComponentName[] }[] = [];
  for (const environment of namedEnvironments(options) ?? environmentsIn(workspace)) {
    const components = await down(workspace, environment, terminal.err);
    stopped.push({ environment, components });
    const ran = components.length === 0 ? "did not run" : `stopped ${components.join(", ")}`;
    if (options["json"] !== true) terminal.out(`${environment}: ${ran}`);
  }
  if (options["json"] === true) terminal.out(JSON.stringify({ stopped }, null, 2));
  else if (stopped.length === 0) terminal.out("no control plane yet");
  return EXIT_CODES.ok.code;
};

/** How many nodes `--nodes` asks for. @throws PavedError PVD4003 for anything but a number of nodes that can be simulated */
function nodeCount(value: OptionValues[string]): number | undefined {
  if (value === undefined) return undefined;
  const nodes = Number(value);
  if (Number.isInteger(nodes) && nodes >= FEWEST_NODES && nodes <= MOST_NODES) return nodes;
  throw new PavedError({
    code: "PVD4003",
    where: "--nodes",
    got: String(value),
    want: `a whole number from ${FEWEST_NODES} to ${MOST_NODES}`,
    fix: "say how many nodes of 58 pods are to be simulated",
  });
}

/** @throws PavedError PVD1001 for a name that no environment has */
function namedEnvironments(options: OptionValues): readonly string[] | undefined {
  const { environments } = selectionOf(options);
  const unknown = (environments ?? []).filter((name) => !ENVIRONMENT_NAMES.some((known) => known === name));
  if (unknown.length === 0) return environments;
  throw new PavedError(
    unknown.map((got) => ({
      code: "PVD1001",
      where: "--env",
      got,
      want: "an environment",
      fix: didYouMean(got, ENVIRONMENT_NAMES),
    })),
  );
}

function inWords({ workspace }: CommandContext, controlPlane: StartedControlPlane): string {
  const { environment, version, server, started, seconds, kubeconfig, contexts, delivery } = controlPlane;
  const relative = (file: string): string => path.relative(workspace.root, file);
  const what = started.length === 0 ? "ran already" : `started ${started.join(", ")} in ${seconds} s`;
  return [
    `${environment}: Kubernetes ${version} at ${server}; ${what}`,
    `  KUBECONFIG=${relative(kubeconfig)}`,
    `  contexts: ${contexts.join(", ")}`,
    ...(delivery === undefined
      ? []
      : [
          delivery.by === "argo-cd"
            ? `  Argo CD at ${delivery.argoCd}, with the token in ${relative(delivery.token)}`
            : "  Flux, of which the objects in flux-system say what it does",
          `  delivers branch ${delivery.branch} of ${delivery.repository}; push to ${relative(delivery.folder)}`,
        ]),
  ].join("\n");
}

function summary({ environment, state, nodes, ready, pods, memoryMiB, server }: ControlPlaneStatus): string {
  if (state === "stopped") return `${environment}: stopped`;
  const where = server === undefined ? "" : ` at ${server}`;
  if (pods === undefined) return `${environment}: ${state}${where}, ${memoryMiB} MiB; its API server does not answer`;
  return `${environment}: ${state}${where}, ${ready} of ${quantity(nodes ?? 0, "node")}, ${quantity(pods, "pod")}, ${memoryMiB} MiB`;
}

function isRunning({ state }: ControlPlaneStatus): boolean {
  return state !== "stopped";
}

function said(value: number | undefined): string {
  return value === undefined ? "-" : String(value);
}
