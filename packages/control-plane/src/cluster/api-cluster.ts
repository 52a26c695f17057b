import { type ApiClient, ApiRefusal, isNotThere } from "../api/api-client";
import { applyObject, type KubernetesObject } from "../api/apply";
import { ApiResources, type ObjectName } from "../api/resources";
import type { HelmReleases } from "./helm-releases";
import { type Kind, Kinds } from "./kinds";

/** Who the fields belong to that OpenTofu writes. */
const FIELD_MANAGER = "opentofu";
/** Whose objects OpenTofu takes over: the sandbox's own, made where a chart would have made them. */
const OWN: readonly string[] = [FIELD_MANAGER, "paved-sandbox"];
/** Who changes them behind its back. */
const SOMEBODY = "paved-sandbox-drift";

const PATIENCE_MS = 300_000;
const POLL_MS = 100;

/** A kind by its names. */
type KindName = Pick<Kind, "apiVersion" | "kind">;

/** An object as the API server answers with it. */
export interface LiveObject extends KubernetesObject {
  readonly metadata: KubernetesObject["metadata"] & {
    readonly uid: string;
    /** When it began to go. @default - it stays */
    readonly deletionTimestamp?: string;
    readonly managedFields?: readonly { readonly manager: string; readonly operation: string }[];
  };
}

/**
 * The API server of a control plane as OpenTofu's Kubernetes provider uses it: objects of any kind, by server-side apply.
 * @throws ApiRefusal from everything that it asks for
 */
export class ApiCluster {
  private readonly resources: ApiResources;
  private readonly kinds: Kinds;

  /**
   * @param client of a user who may write all that stacks have
   * @param patienceMs after how many milliseconds a deletion that does not end fails
   * @param releases Helm, which installs charts of the repository. @default - nothing does
   */
  constructor(
    private readonly client: ApiClient,
    private readonly patienceMs: number = PATIENCE_MS,
    readonly releases?: HelmReleases,
  ) {
    this.resources = new ApiResources(client);
    this.kinds = new Kinds(client, this.resources);
  }

  /** The kind of a name in lower case, for example `networkpolicy`. @returns undefined when there is none */
  kind(name: string, version: string): Promise<Kind | undefined> {
    return this.kinds.find(name, version);
  }

  /** @returns undefined when there is no such object */
  async read(kind: KindName, name: ObjectName): Promise<LiveObject | undefined> {
    try {
      return await this.client.get<LiveObject>(await this.resources.pathOf(kind, name));
    } catch (error) {
      if (isNotThere(error)) return undefined;
      throw error;
    }
  }

  /** Whether OpenTofu has written fields of the object, or the sandbox before it. */
  isOwn({ metadata }: KubernetesObject): boolean {
    const { managedFields = [] } = metadata as LiveObject["metadata"];
    return managedFields.some(({ manager, operation }) => OWN.includes(manager) && operation === "Apply");
  }

  /**
   * Has the object be as it is given. What somebody changed by hand is changed back; a field that another program applies is
   * that program's, and the API server refuses it with a conflict.
   */
  async write(object: KubernetesObject): Promise<LiveObject> {
    try {
      return await this.apply(object, false);
    } catch (error) {
      if (!(error instanceof ApiRefusal) || error.status !== 409 || !isByHand(error)) throw error;
      return this.apply(object, true);
    }
  }

  /** Changes fields as somebody does by hand. */
  async edit(object: KubernetesObject): Promise<void> {
    const query = new URLSearchParams({ fieldManager: SOMEBODY, fieldValidation: "Strict" });
    await this.client.send({
      method: "PATCH",
      path: `${await this.resources.pathOf(object, object.metadata)}?${query}`,
      body: object,
      contentType: "application/merge-patch+json",
    });
  }

  /**
   * Deletes an object, and waits until it is gone, with all that is in it. One that is not there, or that somebody else deletes
   * at that moment, is gone as well; another one that has its name since stays.
   * @param signal ends the wait, which throws what it was aborted with; the object goes all the same
   */
  async remove(kind: KindName, name: ObjectName, signal?: AbortSignal): Promise<void> {
    const before = await this.read(kind, name);
    if (before === undefined) return;
    const { uid } = before.metadata;
    const path = await this.resources.pathOf(kind, name);
    try {
      const body = { preconditions: { uid }, propagationPolicy: "Background" };
      await this.client.send({ method: "DELETE", path, body });
    } catch (error) {
      if (!(error instanceof ApiRefusal) || ![404, 409].includes(error.status)) throw error;
      const { uid: now, deletionTimestamp } = (await this.read(kind, name))?.metadata ?? {};
      if (now === uid && deletionTimestamp === undefined) throw error;
    }
    for (const until = Date.now() + this.patienceMs; ; await new Promise((resolve) => setTimeout(resolve, POLL_MS))) {
      signal?.throwIfAborted();
      const now = await this.read(kind, name);
      if (now?.metadata.uid !== uid) return;
      if (Date.now() > until) throw stillThere(kind, now, this.patienceMs);
    }
  }

  private apply(object: KubernetesObject, force: boolean): Promise<LiveObject> {
    return applyObject<LiveObject>(this.client, this.resources, object, { fieldManager: FIELD_MANAGER, force });
  }
}

/** Whether whoever has the fields took them by a change, and does not apply them over and over. */
function isByHand({ causes }: ApiRefusal): boolean {
  return (
    causes.length > 0 &&
    causes.every(({ message }) => /^conflict with ".*"(?: with subresource ".*")? using /.test(message))
  );
}

function stillThere({ kind }: KindName, object: LiveObject, patienceMs: number): ApiRefusal {
  const { conditions = [] } = (object["status"] ?? {}) as { conditions?: { status: string; message?: string }[] };
  const said = conditions.filter(({ status, message }) => status === "True" && message !== undefined);
  const why = said.map(({ message }) => message).join("; ");
  const seconds = patienceMs / 1000;
  return new ApiRefusal(
    409,
    "Timeout",
    `${kind} ${object.metadata.name} is still being deleted after ${seconds} s: ${why}`,
  );
}
