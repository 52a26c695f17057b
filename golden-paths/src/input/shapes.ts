import { ENVIRONMENT_NAMES } from "@paved/model";
import { z } from "zod";

/** Shapes of what service files say: which fields there are and of what sort, before anything looks at the values. */
const number = z.number("a number");
const text = z.string("text");
const flag = z.boolean("true or false");
const sized = z.strictObject({ size: text }).optional();

const scale = {
  size: text.optional(),
  resources: z.strictObject({ cpu: text.optional(), memory: text.optional(), cpuLimit: text.optional() }).optional(),
  scale: z.strictObject({ min: number, max: number }).optional(),
  database: sized,
  cache: sized,
  // What a deviation is is checked where it is made.
  customize: z.record(z.string(), z.object({ terms: z.unknown(), change: z.unknown() })).optional(),
};

const objectives = z.strictObject({ availability: number.optional(), latencyMs: number.optional() }).optional();
const health = z.strictObject({ live: text, ready: text }).optional();

/** Options that all golden paths with pods share. */
const workload = {
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

export const NODE_API = z.strictObject({ ...workload, port: number, health });

export const PYTHON_WORKER = z.strictObject({
  ...workload,
  port: number.optional(),
  health,
  messagesPerPod: number.optional(),
  schedule: text.optional(),
  timeoutMinutes: number.optional(),
});

export const GRPC_SERVICE = z.strictObject({
  ...workload,
  port: number.optional(),
  metricsPort: number.optional(),
  deadlineMs: number.optional(),
  attempts: number.optional(),
  mutualTls: flag.optional(),
  healthPort: number.optional(),
});

export const REACT_FRONTEND = z.strictObject({
  host: text.optional(),
  contentSecurityPolicy: text.optional(),
  objectives,
});
