import { mkdirSync } from "node:fs";
import { alone } from "@paved/machine";
import { type Deliverer, PavedError } from "@paved/model";
import { apiAccess, writeComponentAccess, writeKubeconfig } from "./access-files";
import { ApiClient, ApiRefusal, NoAnswer } from "./api/api-client";
import { applyObjects } from "./api/apply";
import { Credentials } from "./certificates/credentials";
import { apiServer, serverOf } from "./components/api-server";
import type { Component, Setting } from "./components/component";
import { controllerManager, scheduler } from "./components/controllers";
import { etcd } from "./components/etcd";
import { kwok } from "./components/kwok";
import type { ComponentName } from "./components/names";
import { USERS } from "./components/users";
import { type DeliveryAddress, requireDelivery, startDelivery } from "./delivery/by";
import { componentsOf, recordDelivery, recordedDelivery } from "./delivery/record";
import { stopComponents, stopOthers } from "./down";
import { writeKwokSettings } from "./kwok/settings";
import { accessObjects } from "./objects/access";
import { ensureNodes } from "./objects/ensure-nodes";
import { awaitNodes } from "./objects/node-readiness";
import { forgetPorts, portsOf } from "./ports";
import { recipeOf } from "./processes/component-process";
import { ensureRunning, PortTaken } from "./processes/ensure-running";
import type { Programs } from "./programs/ensure";
import { type ControlPlaneSite, EnvironmentFolder } from "./site";

/** For which environment a control plane is started. */
export interface ControlPlaneProps {
  /** For example `dev`. */
  readonly environment: string;
  /** For example `eu-west-1`; its zones are what nodes are spread over. */
  readonly region: string;
  /** Teams that get a context of their own. */
  readonly teams: readonly string[];
  /** What delivers to it from now on. @default - what delivered to it before, if anything did */
  readonly delivery?: Deliverer;
  /** How many nodes are simulated, {@link FEWEST_NODES} to {@link MOST_NODES}. @default - as many as it had, or the fewest */
  readonly nodes?: number;
}

/** A control plane that is ready. */
export interface ControlPlane {
  readonly environment: string;
  /** Version of Kubernetes, for example `1.36.3`. */
  readonly version: string;
  /** Address of its API server. */
  readonly server: string;
  /** File with a context for each role. */
  readonly kubeconfig: string;
  /** The contexts in it; the first is used when none is named, and may only read. */
  readonly contexts: readonly string[];
  /** What delivers to it, and from where. @default - nothing does */
  readonly delivery?: DeliveryAddress;
  /** Components that were started now; none when all ran already. */
  readonly started: readonly ComponentName[];
}

/** How it is started. */
export interface UpOptions {
  /** What it runs, see `ensurePrograms`. */
  readonly programs: Programs;
  /** Told what goes on. */
  readonly progress: (line: string) => void;
}

const FIELD_MANAGER = "paved-sandbox";
const TRIES = 3;

/**
 * Starts the control plane of an environment, or what of it does not run, and waits until it is ready: the API server and
 * all controllers work, and every node is ready. What it holds from before is there again, and so is what delivered to
 * it; that is remembered once it has started. Only one process at a time starts or stops it.
 * @throws PavedError PVD9002 when a component does not start; then none of it is left running. PVD9001 when something delivers
 * to the environment, and its programs are not among those that were given; then what ran goes on
 */
export async function up(site: ControlPlaneSite, props: ControlPlaneProps, options: UpOptions): Promise<ControlPlane> {
  const folder = new EnvironmentFolder(site, props.environment);
  mkdirSync(folder.root, { recursive: true, mode: 0o700 });
  const waiting = (holder: string): void => options.progress(`waiting: ${holder} starts or stops ${props.environment}`);
  return alone(folder.lock, waiting, async () => {
    const delivery = props.delivery ?? recordedDelivery(folder);
    if (delivery !== undefined) requireDelivery(delivery, folder, options.programs);
    for (let tries = 1; ; tries += 1) {
      try {
        const controlPlane = await start(folder, { ...props, delivery }, options);
        if (delivery !== undefined) recordDelivery(folder, delivery);
        return controlPlane;
      } catch (error) {
        await stopComponents(folder);
        if (!(error instanceof PortTaken)) throw inPlainWords(folder, error);
        if (tries === TRIES) throw error.finding(folder);
        forgetPorts(folder);
      }
    }
  });
}

async function start(folder: EnvironmentFolder, props: ControlPlaneProps, options: UpOptions): Promise<ControlPlane> {
  const { programs } = options;
  const by = props.delivery;
  const ports = await portsOf(folder, by);
  const credentials = await Credentials.in(folder.certificates);
  const setting: Setting = { folder, programs, ports, credentials };
  await writeComponentAccess(folder, credentials, { ports, delivery: by });
  writeKwokSettings(folder);

  const started: ComponentName[] = [];
  const run = async (...components: readonly Component[]): Promise<void> => {
    const recipes = components.map((component) => {
      const { pin } = programs[component.name]!;
      return { component, recipe: recipeOf(component, pin, credentials.generation) };
    });
    started.push(...(await ensureRunning(folder, recipes)));
  };
  await run(await etcd(setting), await apiServer(setting));
  const client = new ApiClient(await apiAccess(credentials, ports, USERS.bootstrap));
  let delivery: DeliveryAddress | undefined;
  try {
    await applyObjects(client, accessObjects(), { fieldManager: FIELD_MANAGER });
    const nodes = await ensureNodes(client, props, FIELD_MANAGER);
    await run(await controllerManager(setting), await scheduler(setting), await kwok(setting));
    await awaitNodes(client, folder, nodes);
    // What delivered before, or was left by a start that was killed, would go on changing what now somebody else delivers.
    await stopOthers(folder, componentsOf(by));
    if (by !== undefined) {
      const { teams } = props;
      delivery = await startDelivery(by, setting, programs, { client, run, fieldManager: FIELD_MANAGER, teams });
    }
  } finally {
    client.close();
  }
  const contexts = await writeKubeconfig(folder, credentials, { ports, teams: props.teams });
  return {
    environment: props.environment,
    version: programs["kube-apiserver"].version,
    server: serverOf(ports["kube-apiserver"]),
    kubeconfig: folder.kubeconfig,
    contexts,
    ...(delivery === undefined ? {} : { delivery }),
    started,
  };
}

/** What the API server refuses while its first objects are made is no fault of the user's, but has to be read. */
function inPlainWords({ environment }: EnvironmentFolder, error: unknown): unknown {
  if (!(error instanceof ApiRefusal) && !(error instanceof NoAnswer)) return error;
  return new PavedError({
    code: "PVD9002",
    where: `${environment} kube-apiserver`,
    got: error instanceof ApiRefusal ? `${error.status} ${error.message}` : error.message,
    want: "the first objects of a control plane, made",
    fix: "run paved sandbox reset, then paved sandbox up",
  });
}
