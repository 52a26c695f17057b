import { type HelmRelease, type HelmReleaseName, isRepositoryChart, repositoryChart } from "@paved/model";
import type { Behaviour } from "../behaviours/define";
import { isReleaseRefusal, type Releases } from "../cluster/releases";
import { Refusal } from "../protocol/diagnostics";
import { blockType } from "../schema/model";
import { conformValue } from "../values/codec";
import { isObject, textOf, textsOf, type Value, type ValueObject } from "../values/value";
import { applyInBoth } from "./both-places";
import type { Resource } from "./resource";

/** What a provider does with releases where Helm itself installs those of charts in the repository; all others are emulated. */
export class LiveRelease {
  private readonly resource: Resource;

  constructor(
    private readonly emulated: Resource,
    private readonly releases: Releases,
    private readonly behaviour: Behaviour,
  ) {
    this.resource = emulated.inCluster();
  }

  /** What the release is now, null when there is none. @throws Refusal */
  async read(state: ValueObject): Promise<Value> {
    if (!isLive(state)) return this.emulated.read(state);
    this.resource.assertReachable();
    const release = await asked(() => this.releases.read(nameOf(state)));
    if (release !== undefined) return as(state, release);
    // Its name is free again; not known in which cluster, it may be the name of another environment's.
    if (this.resource.isCertain) this.resource.restore(state, undefined);
    return null;
  }

  /**
   * Installs, upgrades or removes it, in the cluster and in the store, or in neither.
   * @param interruption ends the wait for what does not get ready, or does not go
   * @throws Refusal, and what it was interrupted with
   */
  async apply(prior: Value, planned: Value, interruption?: AbortSignal): Promise<Value> {
    const isAnyLive = [prior, planned].some((values) => isObject(values) && isLive(values));
    if (!isAnyLive) return this.emulated.apply(prior, planned);
    return applyInBoth(this.resource, prior, planned, {
      write: async (values, { prior: was }) => {
        if (isLive(values)) return as(values, await asked(() => this.releases.write(wanted(values), interruption)));
        await asked(() => this.releases.remove(nameOf(was!), interruption));
        return values;
      },
      remove: (was) => asked(() => this.releases.remove(nameOf(was), interruption)),
    });
  }

  /** The release that an import id names, `namespace/name`. @throws Refusal */
  async import(id: string): Promise<Value> {
    this.resource.assertReachable();
    const [name = "", namespace = "default"] = id.split("/").toReversed();
    const release = await asked(() => this.releases.read({ name, namespace }));
    if (release === undefined) return this.emulated.import(id);
    const { chart, version } = release;
    const values = { ...this.behaviour.defaults, id: name, name, namespace, chart: repositoryChart(chart), version };
    return as(conformValue(blockType(this.resource.block), values) as ValueObject, release);
  }
}

function isLive(values: ValueObject): boolean {
  return isRepositoryChart(textOf(values["chart"]));
}

function nameOf(values: ValueObject): HelmReleaseName {
  return { name: textOf(values["name"]) ?? "", namespace: textOf(values["namespace"]) ?? "default" };
}

function wanted(values: ValueObject) {
  return {
    ...nameOf(values),
    chart: textOf(values["chart"]) ?? "",
    values: textsOf(values["values"]),
    timeoutSeconds: Number(values["timeout"]),
    maxHistory: Number(values["max_history"]),
  };
}

/** The values of a release, with what Helm says of it. */
function as(values: ValueObject, release: HelmRelease): ValueObject {
  const { name, namespace, chart, version, appVersion, revision, firstDeployed, lastDeployed } = release;
  const known = isObject(values["metadata"]) ? values["metadata"] : {};
  const metadata = {
    ...known,
    app_version: appVersion,
    chart,
    first_deployed: firstDeployed,
    last_deployed: lastDeployed,
    name,
    namespace,
    revision,
    version,
  };
  // What was upgraded while no cluster ran is known here alone: Helm is behind, and has to be told.
  const isBehind = typeof known["revision"] === "number" && revision < known["revision"];
  return { ...values, version, metadata, status: isBehind ? "superseded" : release.status };
}

/** @throws Refusal in the words of Helm; PavedError when the cluster does not answer */
async function asked<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isReleaseRefusal(error)) throw error;
    throw new Refusal(error.message, "Helm refused it, or took it back: change what it names.");
  }
}
