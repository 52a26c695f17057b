import type { Releases } from "./releases";

/** What a field of a kind may hold, as the API server's own schema says. */
export type Field =
  | { readonly form: "object"; readonly fields: Fields }
  | { readonly form: "list" | "map"; readonly element: Field }
  | { readonly form: "text" | "number" | "boolean" | "number-or-text" | "quantity" | "any" };

/** Fields of an object, by name. */
export type Fields = Readonly<Record<string, Field>>;

/** A kind that an API server has. */
export interface ClusterKind {
  /** For example `networking.k8s.io/v1`. */
  readonly apiVersion: string;
  /** For example `NetworkPolicy`. */
  readonly kind: string;
  readonly fields: Fields;
}

/** Which object of a kind. */
export interface ObjectName {
  readonly name: string;
  /** @default - the object has none */
  readonly namespace?: string;
}

/** An object as the API server has it. */
export interface ClusterObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectName & { readonly [field: string]: unknown };
  readonly [field: string]: unknown;
}

/** One part of what an API server refuses. */
export interface RefusedField {
  /** Where, for example `spec.limits[0].default[cpu]`. */
  readonly field: string;
  readonly message: string;
}

/** What an API server refuses with. */
export interface ClusterRefusal extends Error {
  /** Status of HTTP, for example 422. */
  readonly status: number;
  readonly causes: readonly RefusedField[];
}

/**
 * A real Kubernetes API server, which objects are written to instead of being emulated. What it refuses is thrown as
 * a {@link ClusterRefusal}; that it does not answer, as a PavedError.
 */
export interface Cluster {
  /**
   * The kind of that name, in whichever group has it.
   * @param name in lower case, for example `networkpolicy`
   * @param version for example `v1`
   * @returns undefined when there is none
   */
  kind(name: string, version: string): Promise<ClusterKind | undefined>;
  /** @returns undefined when there is no such object */
  read(kind: ClusterKind, name: ObjectName): Promise<ClusterObject | undefined>;
  /** Whether the object has fields that were written from here. */
  isOwn(object: ClusterObject): boolean;
  /** Makes an object as it is given, or has the one that is there be so: with fields that were given before and are not any more gone. */
  write(object: ClusterObject): Promise<ClusterObject>;
  /** Changes fields behind the back of whoever wrote them. */
  edit(object: ClusterObject): Promise<void>;
  /**
   * Deletes an object and waits until it is gone. One that is not there is gone already.
   * @param signal ends the wait, which throws what it was aborted with
   */
  remove(kind: ClusterKind, name: ObjectName, signal?: AbortSignal): Promise<void>;
  /** Helm, which installs charts of the repository. @default - all releases are emulated */
  readonly releases?: Releases;
}

/** Whether an API server said no, rather than nothing. */
export function isClusterRefusal(error: unknown): error is ClusterRefusal {
  return error instanceof Error && typeof (error as Partial<ClusterRefusal>).status === "number";
}
