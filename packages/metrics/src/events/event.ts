import { z } from "zod";

/** Version of what a line of the log says; goes up when an older reader would misread a newer line. */
export const EVENT_VERSION = 1;

/** How a stack came out of a command that looked at it or worked on it. */
export const STACK_OUTCOMES = ["planned", "waits", "applied", "destroyed", "failed", "interrupted"] as const;

/** One of {@link STACK_OUTCOMES}. */
export type StackOutcome = (typeof STACK_OUTCOMES)[number];

// Names of things and nothing else: an address, a path, a host or a person's name does not fit.
const name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,127}$/);

/** Fields of every line, beside its `kind`. */
export const everyLine = {
  version: z.literal(EVENT_VERSION).describe("version of the line"),
  id: z.uuid().describe("random, so that a line that is read twice counts once"),
  at: z.iso.datetime({ offset: true }).describe("when that was, by the clock of the machine: of a command, its end"),
};

const stackSchema = z.strictObject({
  name: name.describe("the stack"),
  environment: name.describe("its environment"),
  service: name.optional().describe("its service, unless it is one of the platform"),
  outcome: z.enum(STACK_OUTCOMES).describe("how it came out"),
});

/** A command that somebody called, or a machine. */
export const commandSchema = z.strictObject({
  ...everyLine,
  kind: z.literal("command"),
  command: z
    .string()
    .regex(/^[a-z][a-z -]{0,63}$/)
    .describe("its words, without options and arguments"),
  place: z.enum(["sandbox", "live"]).describe("where it worked"),
  outcome: z.enum(["ok", "failed", "interrupted"]).describe("how it ended"),
  seconds: z.number().nonnegative().describe("how long it took"),
  codes: z.array(z.string().regex(/^PVD\d{4}$/)).describe("error codes that it ended with, each once"),
  stacks: z.array(stackSchema).describe("stacks in which something was done, or would be"),
});

/** Somebody asked for a service or an environment that was not there. */
export const requestSchema = z.strictObject({
  ...everyLine,
  kind: z.literal("request"),
  subject: z.enum(["service", "environment"]).describe("what was asked for"),
  name: name.describe("how it is called"),
});

/** What a line of the log may say. It has no field for who: nothing in it is about a person. */
export const eventSchema = z.discriminatedUnion("kind", [commandSchema, requestSchema]);

type Read<Line> = Line extends unknown
  ? Omit<Line, "at" | "version"> & {
      /** When it ended, in milliseconds since 1970. */
      readonly at: number;
    }
  : never;

/** Something that happened, as the log has it. */
export type PavedEvent = Read<z.infer<typeof eventSchema>>;

/** A command that was called. */
export type CommandEvent = Extract<PavedEvent, { kind: "command" }>;

/** Something that was asked for. */
export type RequestEvent = Extract<PavedEvent, { kind: "request" }>;

/** A stack, as an event of a command has it. */
export type EventStack = CommandEvent["stacks"][number];

/** Where a command worked. */
export type EventPlace = CommandEvent["place"];
