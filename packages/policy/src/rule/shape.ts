import { isRecord, shown, unless } from "./attributes";
import type { Violation } from "./rule";

/** Judges one value of a document. @param path where it stands, as findings name it */
export type Shape = (value: unknown, path: string) => readonly Violation[];

/** A value about which nothing is asked. */
export const anything: Shape = () => [];

/** A value of which something holds. */
export function holding(fits: (value: unknown) => boolean): Shape {
  return (value, path) => unless(fits(value), `${path} is ${shown(value)}`);
}

/** One of these values exactly: a text that says true is not true. */
export function is(...values: readonly unknown[]): Shape {
  return holding((value) => values.includes(value));
}

/** A text, all of which is like the pattern. */
export function like(pattern: RegExp): Shape {
  return holding((value) => typeof value === "string" && pattern.exec(value)?.[0] === value);
}

export const aText = holding((value) => typeof value === "string");
export const aFlag = is(true, false);
export const aNumber = holding((value) => typeof value === "number" && Number.isFinite(value));

/** A value that is like one of these; what is wrong is said by the one of which the least is, the first of several. */
export function either(...shapes: readonly Shape[]): Shape {
  return (value, path) =>
    shapes.map((shape) => shape(value, path)).reduce((least, found) => (found.length < least.length ? found : least));
}

/** A list with such elements, which may be empty. */
export function listOf(element: Shape): Shape {
  return (value, path) =>
    Array.isArray(value) ? value.flatMap((each) => element(each, path)) : [{ got: `${path} is ${shown(value)}` }];
}

/** A list that has such an element at least. */
export function someOf(element: Shape): Shape {
  return (value, path) =>
    Array.isArray(value) && value.length === 0 ? [{ got: `${path} is empty` }] : listOf(element)(value, path);
}

/** All of these named values, and no other. */
export function all(known: Readonly<Record<string, Shape>>): Shape {
  return fields(known, ...Object.keys(known));
}

/** What an object is known by. */
export interface ObjectIdentity {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  /** The finalizers that it has, and no others. @default - it has none */
  readonly finalizers?: readonly string[];
}

/** A Kubernetes object of one name, in one namespace, with nothing but its spec. */
export function objectOf({ apiVersion, kind, name, namespace, finalizers }: ObjectIdentity, spec: Shape): Shape {
  const held: Readonly<Record<string, Shape>> =
    finalizers === undefined ? {} : { finalizers: someOf(is(...finalizers)) };
  const metadata = all({ name: is(name), namespace: is(namespace), ...held });
  return all({ apiVersion: is(apiVersion), kind: is(kind), metadata, spec });
}

/** Named values: those that are known, each as it has to be, and no other. @param required names that may not be missing */
export function fields(known: Readonly<Record<string, Shape>>, ...required: readonly string[]): Shape {
  return (value, path) => {
    if (!isRecord(value)) return [{ got: `${path} is ${shown(value)}` }];
    const below = (name: string): string => (path === "" ? name : `${path}.${name}`);
    const missing = required
      .filter((name) => !Object.hasOwn(value, name))
      .map((name) => ({ got: `no ${below(name)}` }));
    const wrong = Object.entries(value).flatMap(([name, inner]) => {
      const shape = Object.hasOwn(known, name) ? known[name] : undefined;
      return shape === undefined
        ? [{ got: `${below(name)} is ${shown(inner)}, which nobody listed` }]
        : shape(inner, below(name));
    });
    return [...missing, ...wrong];
  };
}
