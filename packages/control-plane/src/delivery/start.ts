import path from "node:path";
import { writeAtomically } from "@paved/machine";
import { argoCdAccess } from "./access";
import { bringKinds, DEFINITION_FILES } from "./definitions";
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
import { redis } from "../components/redis";
import type { Ports } from "../ports";
import type { ArgoCdPrograms } from "../programs/delivery";
import type { EnvironmentFolder } from "../site";

/** The repository that is delivered from. */
export interface RepositoryAddress {
  /** Address that it is read at; it takes no push. */
  readonly repository: string;
  /** Folder of the repository, which whoever delivers pushes to. */
  readonly folder: string;
  /** The branch that is synced. */
  readonly branch: string;
}

/** Where Argo CD of a control plane is, and from where it delivers. */
export interface ArgoCdAddress extends RepositoryAddress {
  readonly by: "argo-cd";
  /** Address of its API. */
  readonly argoCd: string;
  /** File with a token that the API takes, and that may only read. */
  readonly token: string;
}

/** Where Argo CD of an environment is, and its repository. */
export function argoCdAddressOf(folder: EnvironmentFolder, ports: Ports): ArgoCdAddress {
  return {
    by: "argo-cd",
    argoCd: argoCdAddress(ports["argocd-server"]),
    token: folder.argoCdToken,
    repository: repositoryAddress("git", ports["git-server"]),
    folder: folder.repository,
    branch: DELIVERY_BRANCH,
  };
}

/** By a field of its own the namespace is known to be the sandbox's, which OpenTofu may take over. */
const OURS = { "kubernetes.io/description": "Argo CD of the sandbox" };

/** How what delivers is started. */
export interface DeliveryStart {
  readonly client: ApiClient;
  /** Has components run. */
  readonly run: (...components: readonly Component[]) => Promise<void>;
  readonly fieldManager: string;
  /** Teams that may look at what is delivered. */
  readonly teams: readonly string[];
}

/** Starts Argo CD, or what of it does not run, with its kinds, rights and settings as they have to be. */
export async function startArgoCd(
  setting: Setting,
  delivery: ArgoCdPrograms,
  { client, run, fieldManager, teams }: DeliveryStart,
): Promise<ArgoCdAddress> {
  const { folder, credentials } = setting;
  const secrets = secretsOf(folder);
  const address = argoCdAddressOf(folder, setting.ports);
  ensureRepository(folder);
  writeAtomically(folder.argoCdToken, `${readerToken(secrets)}\n`);
  const home = { apiVersion: "v1", kind: "Namespace", metadata: { name: ARGO_CD_NAMESPACE, annotations: OURS } };
  await applyObjects(client, [home, ...argoCdAccess(teams)], { fieldManager });
  const definitions = DEFINITION_FILES.map((file) => path.join(delivery["argocd-server"].files!, file));
  await Promise.all([
    bringKinds(client, definitions, fieldManager),
    run(redis(setting, delivery, secrets), gitServer(setting, delivery)),
  ]);
  const serving = await credentials.pair("kubernetes", ARGO_CD_SERVER);
  await applyObjects(client, argoCdSettings({ address: address.argoCd, secrets, serving }), { fieldManager });
  const argoCd: ArgoCdSetting = { ...setting, delivery, secrets };
  await run(await repositoryServer(argoCd), await applicationController(argoCd), await argoCdServer(argoCd));
  return address;
}
