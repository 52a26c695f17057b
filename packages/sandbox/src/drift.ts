import { didYouMean, PavedError } from "@paved/model";
import { type Cluster, isClusterRefusal } from "./cluster/cluster";
import { editIn, isInstalled } from "./cluster/stored-objects";
import { resourceSchema } from "./schema/catalogue";
import type { BlockSchema, ValueType } from "./schema/model";
import type { StoredAttributes, StoredObject } from "./store/object-store";
import { typeAt, visitHolders } from "./values/schema-path";
import type { Value, ValueObject } from "./values/value";

/** The attributes of an object with one of them changed. @throws PavedError PVD3004 */
export function applyDrift(object: StoredObject, attribute: string, text: string): StoredAttributes {
  const block = resourceSchema(object.type);
  const type = typeAt(block, attribute);
  if (type === undefined) throw unknownAttribute(object, attribute, block);
  const value = parse(type, text);
  if (value === undefined) throw wrongValue(object, attribute, type);
  const attributes = structuredClone(object.attributes) as ValueObject;
  visitHolders(attributes, attribute, (holder, name) => {
    holder[name] = value;
  });
  return attributes;
}

/**
 * Changes an object in its cluster to what it is with the attribute changed.
 * @throws PavedError PVD3003 when the cluster has it no more, PVD3004 with the words of the API server that refuses it
 * or for a release of Helm's, and
 * what the cluster throws when it does not answer
 */
export async function driftIn(cluster: Cluster, drifted: StoredObject, attribute: string): Promise<void> {
  const where = `${drifted.type} ${drifted.id}`;
  if (isInstalled(cluster, drifted)) throw hasHelm(where);
  try {
    await editIn(cluster, drifted);
  } catch (error) {
    if (!isClusterRefusal(error)) throw error;
    if (error.status === 404) throw goneFrom(where, error);
    throw new PavedError({
      code: "PVD3004",
      where,
      got: `${error.status}: ${error.message}`,
      want: `a value of ${attribute} that the API server takes`,
      fix: "give it another value, or seed a drift of another attribute",
    });
  }
}

function hasHelm(where: string): PavedError {
  return new PavedError({
    code: "PVD3004",
    where,
    got: "a release that Helm has installed",
    want: "an object that can be changed without Helm",
    fix: "upgrade or uninstall it with helm, by the control plane's kubeconfig, or seed a drift of another object",
  });
}

function goneFrom(where: string, { message }: Error): PavedError {
  const want = "an object that is in the control plane";
  return new PavedError({ code: "PVD3003", where, got: message, want, fix: "apply its stack, which makes it again" });
}

function parse(type: ValueType, text: string): Value | undefined {
  if (type === "string") return text;
  let value: Value;
  try {
    value = JSON.parse(text) as Value;
  } catch {
    return undefined;
  }
  if (value === null) return null;
  if (typeof type === "string")
    return type === "dynamic" || typeof value === { number: "number", bool: "boolean" }[type] ? value : undefined;
  const isCollection =
    type[0] === "list" || type[0] === "set" ? Array.isArray(value) : typeof value === "object" && !Array.isArray(value);
  return isCollection ? value : undefined;
}

function unknownAttribute(object: StoredObject, attribute: string, block: BlockSchema): PavedError {
  const names = [...block.attributes, ...block.blocks].map(({ name }) => name);
  return new PavedError({
    code: "PVD3004",
    where: `${object.type} ${object.id}`,
    got: `the attribute ${attribute}`,
    want: `an attribute of ${object.type}`,
    fix: didYouMean(attribute, names),
  });
}

function wrongValue(object: StoredObject, attribute: string, type: ValueType): PavedError {
  return new PavedError({
    code: "PVD3004",
    where: `${object.type} ${object.id}`,
    got: `a value that ${attribute} cannot have`,
    want: `a value of type ${typeof type === "string" ? type : JSON.stringify(type)}`,
    fix: "write numbers and booleans plainly, lists and maps as JSON",
  });
}
