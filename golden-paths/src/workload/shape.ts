import { ENVIRONMENT_NAMES } from "@paved/model";
import { z } from "zod";
import { CHILDREN } from "../deviation/customize";
import { flag, number, objectives, size, text } from "../input/shapes";

const sized = z.strictObject({ size }).optional();

/** Its terms are checked where it is noted. */
const deviation = z
  .object(
    // Not `z.custom`: who shows a form has to be able to write it down.
    { terms: z.unknown(), change: z.unknown().refine((value) => typeof value === "function", "a function") },
    "deviate(…)",
  )
  .optional();

const scale = {
  size: size.optional(),
  resources: z.strictObject({ cpu: text.optional(), memory: text.optional(), cpuLimit: text.optional() }).optional(),
  scale: z.strictObject({ min: number, max: number }).optional(),
  database: sized,
  cache: sized,
  customize: z.strictObject(Object.fromEntries(CHILDREN.map((child) => [child, deviation]))).optional(),
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
