import type { PlacedObject } from "../store/object-store";
import { isObject, type Value, type ValueObject } from "../values/value";
import type { Resource } from "./resource";

/** What is sent to a cluster in the course of a change. */
interface Change {
  /**
   * Creates or changes an object in the cluster.
   * @param values as the store has the object
   * @returns as it turned out
   */
  write(
    values: ValueObject,
    change: { readonly prior: ValueObject | null; readonly planned: ValueObject },
  ): Promise<ValueObject>;
  remove(prior: ValueObject): Promise<void>;
}

/** Has the store and a cluster take a change, or neither of them. @returns what there is afterwards, null when it is gone */
export async function applyInBoth(resource: Resource, prior: Value, planned: Value, change: Change): Promise<Value> {
  const was = isObject(prior) ? prior : null;
  const before = was === null ? undefined : resource.kept(was);
  if (!isObject(planned)) {
    if (was === null) return null;
    resource.apply(was, null);
    return unlessRefused(resource, was, before, async () => {
      await change.remove(was);
      return null;
    });
  }
  // One that was imported is in the cluster alone.
  if (was !== null && before === undefined) resource.keep(was);
  const values = resource.apply(was, planned) as ValueObject;
  return unlessRefused(resource, values, before, async () => {
    const written = await change.write(values, { prior: was, planned });
    resource.keep(written);
    return written;
  });
}

async function unlessRefused(
  resource: Resource,
  values: ValueObject,
  before: PlacedObject | undefined,
  work: () => Promise<Value>,
): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    resource.restore(values, before);
    throw error;
  }
}
