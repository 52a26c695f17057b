import { isRepositoryChart } from "@paved/model";
import { resourceSchema } from "../schema/catalogue";
import type { StoredObject } from "../store/object-store";
import { at, textOf, type ValueObject } from "../values/value";
import type { Cluster, ObjectName } from "./cluster";
import { liveKindOf } from "./live-kind";
import { writtenFields } from "./written";

/** Removes from a cluster what the store has of it, but nothing that was made by somebody else under the same name. */
export async function removeFrom(cluster: Cluster, objects: readonly StoredObject[]): Promise<void> {
  for (const { type, attributes } of objects) {
    const { name: release, namespace: within } = attributes as ValueObject;
    if (isInstalled(cluster, { type, attributes }))
      await cluster.releases!.remove({ name: textOf(release) ?? "", namespace: textOf(within) ?? "" });
    const kind = await liveKindOf(type, cluster);
    if (kind === undefined) continue;
    const name = nameIn(attributes as ValueObject);
    const object = await cluster.read(kind, name);
    if (object !== undefined && cluster.isOwn(object)) await cluster.remove(kind, name);
  }
}

/** Whether an object is a release that Helm itself has installed. */
export function isInstalled(
  { releases }: Cluster,
  { type, attributes }: Pick<StoredObject, "type" | "attributes">,
): boolean {
  return (
    type === "helm_release" && releases !== undefined && isRepositoryChart(textOf((attributes as ValueObject)["chart"]))
  );
}

/** Changes an object in a cluster to what the store has of it, behind the back of whoever wrote it. */
export async function editIn(cluster: Cluster, { type, attributes }: StoredObject): Promise<void> {
  const live = await liveKindOf(type, cluster);
  if (live === undefined) return;
  const { apiVersion, kind, fields, renamed } = live;
  const values = attributes as ValueObject;
  const written = writtenFields(resourceSchema(type), values, fields, renamed);
  const metadata = { ...(written["metadata"] as object), ...nameIn(values) };
  await cluster.edit({ ...written, apiVersion, kind, metadata });
}

/** The name of a Kubernetes object, from its attributes. */
export function nameIn(values: ValueObject): ObjectName {
  const name = textOf(at(values, "metadata", "name")) ?? "";
  const namespace = textOf(at(values, "metadata", "namespace"));
  return namespace === undefined ? { name } : { name, namespace };
}
