import { ENVIRONMENT_NAMES } from "@paved/model";
import { z } from "zod";
import { flag, number, objectives, size, text } from "../input/shapes";

const sized = z.strictObject({ size }).optional();

const scale = {
  size: size.optional(),
  resources: z.strictObject({ cpu: text.optional(), memory: text.optional(), cpuLimit: text.optional() }).optional(),
  scale: z.strictObject({ min: number, max: number }).optional(),
  database: sized,
  cache: sized,
  // What a deviation is is checked where it is made.
  customize: z.record(z.string(), z.object({ terms: z.unknown(), change: z.unknown() })).optional(),
};

/** Shapes of the options that all golden paths with pods share: `WorkloadOptions`, field by field. */
export const workloadShape = {
  ...scale,
  image: text,
  config: z.record(z.string(), text).optional(),
  secrets: z.array(text).optional(),
  internet: flag.optional(),
  bucket: flag.optional(),
  topic: flag.optional(),
  queue: z.strictObject({ visibilitySeconds: number.optional(), attempts: number.optional() }).optional(),
  objectives,
  environments: z.partialRecord(z.enum(ENVIRONMENT_NAMES), z.strictObject(scale)).optional(),
};
