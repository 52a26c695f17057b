import { writeAtomically } from "@paved/machine";
import { PavedError } from "@paved/model";
import { argoCdAccess } from "./access";
import { bringKinds } from "./definitions";
import { ARGO_CD_NAMESPACE } from "./refresh";
import { DELIVERY_BRANCH, ensureRepository, repositoryAddress } from "./repository";
import { readerToken, secretsOf } from "./secrets";
import { argoCdSettings } from "./settings";
import type { ApiClient } from "../api/api-client";
import { applyObjects } from "../api/apply";
import {
  applicationController,
  ARGO_CD_SERVER,
  argoCdAddress,
  argoCdServer,
  type ArgoCdSetting,
  repositoryServer,
} from "../components/argo-cd";
import type { Component, Setting } from "../components/component";
import { gitServer } from "../components/git-server";
import { DELIVERY_COMPONENT_NAMES } from "../components/names";
import { redis } from "../components/redis";
import type { Ports } from "../ports";
import type { DeliveryPrograms } from "../programs/delivery";
import type { Programs } from "../programs/ensure";
import type { EnvironmentFolder } from "../site";

/** What delivers to a control plane, and from where. */
export interface DeliveryAddress {
  /** Address of Argo CD's API. */
  readonly argoCd: string;
  /** File with a token that the API takes, and that may only read. */
  readonly token: string;
  /** Address that Argo CD reads the repository at; it takes no push. */
  readonly repository: string;
  /** Folder of the repository, which whoever delivers pushes to. */
  readonly folder: string;
  /** The branch that is synced. */
  readonly branch: string;
}

/** Where Argo CD of an environment is, and its repository. */
export function deliveryAddress(folder: EnvironmentFolder, ports: Ports): DeliveryAddress {
  return {
    argoCd: argoCdAddress(ports["argocd-server"]),
    token: folder.argoCdToken,
    repository: repositoryAddress(ports["git-server"]),
    folder: folder.repository,
    branch: DELIVERY_BRANCH,
  };
}

/** By a field of its own the namespace is known to be the sandbox's, which OpenTofu may take over. */
const OURS = { "kubernetes.io/description": "Argo CD of the sandbox" };

/** How it is started. */
interface Start {
  readonly client: ApiClient;
  /** Has components run. */
  readonly run: (...components: readonly Component[]) => Promise<void>;
  readonly fieldManager: string;
  /** Teams that may look at what is delivered. */
  readonly teams: readonly string[];
}

/** Starts Argo CD, or what of it does not run, with its kinds, rights and settings as they have to be. */
export async function startDelivery(
  setting: Setting,
  programs: Programs,
  { client, run, fieldManager, teams }: Start,
): Promise<DeliveryAddress> {
  const { folder, credentials } = setting;
  const delivery = requireDelivery(folder, programs);
  const secrets = secretsOf(folder);
  const address = deliveryAddress(folder, setting.ports);
  ensureRepository(folder);
  writeAtomically(folder.argoCdToken, `${readerToken(secrets)}\n`);
  const home = { apiVersion: "v1", kind: "Namespace", metadata: { name: ARGO_CD_NAMESPACE, annotations: OURS } };
  await applyObjects(client, [home, ...argoCdAccess(teams)], { fieldManager });
  await Promise.all([
    bringKinds(client, delivery["argocd-server"].files!, fieldManager),
    run(redis(setting, delivery, secrets), gitServer(setting, delivery)),
  ]);
  const serving = await credentials.pair("kubernetes", ARGO_CD_SERVER);
  await applyObjects(client, argoCdSettings({ address: address.argoCd, secrets, serving }), { fieldManager });
  const argoCd: ArgoCdSetting = { ...setting, delivery, secrets };
  await run(await repositoryServer(argoCd), await applicationController(argoCd), await argoCdServer(argoCd));
  return address;
}

/** The programs that deliver. @throws PavedError PVD9001 when only a control plane's own were asked for */
export function requireDelivery({ environment }: EnvironmentFolder, programs: Programs): DeliveryPrograms {
  const missing = DELIVERY_COMPONENT_NAMES.filter((name) => programs[name] === undefined);
  if (missing.length === 0) return programs as DeliveryPrograms;
  throw new PavedError({
    code: "PVD9001",
    where: environment,
    got: "no Argo CD",
    want: "what delivers to this environment, built",
    fix: "run paved setup --delivery, then paved sandbox up",
  });
}
