import type { GoldenPathEntry } from "@paved/model";
import { z } from "zod";
import type { ServiceStack, Workload } from "./service/service-stack";

/** A golden path: what there is to say about it before one is made, and how one is made. */
export interface GoldenPath<Props = never> {
  /** For example `node-api`; its folder, its page and its test are called so. */
  readonly name: string;
  /** Goes up when what a service file may say changes its meaning. */
  readonly version: number;
  readonly title: string;
  /** What it is for, in a sentence. */
  readonly summary: string;
  /** A service of the fleet that shows it, relative to the workspace. */
  readonly example: string;
  readonly Construct: new (stack: ServiceStack, id: string, props: Props) => Workload;
  /** Its options, each with its sort: the compiler sees to it that none is missing. */
  readonly shape: z.ZodObject<ShapeOf<Props>>;
}

type ShapeOf<Props> = [Props] extends [never]
  ? z.core.$ZodShape
  : { readonly [Option in keyof Required<Props>]: z.ZodType };

/** `node-api@1` */
export function goldenPathId(path: Pick<GoldenPath, "name" | "version">): string {
  return `${path.name}@${path.version}`;
}

/** The golden path as the fleet's index has it: what can be said of it as data. */
export function goldenPathEntry({ name, version, title, summary, example, shape }: GoldenPath): GoldenPathEntry {
  return { name, version, title, summary, example, options: z.toJSONSchema(shape) };
}
