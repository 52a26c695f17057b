import { setTimeout as wait } from "node:timers/promises";
import { isRunOk } from "../../src/run/result";
import { objectOf } from "../s3-states";
import type { Random } from "./random";
import type { Trial } from "./trial";

/** One way in which an apply is disturbed. */
export interface Fault {
  /** What happens, in words. */
  readonly what: string;
  /** Disturbs the trial. @returns whether the apply, or what it left, suffered by it */
  readonly disturb: (trial: Trial, random: Random) => Promise<boolean>;
}

/** An apply of the small fleet lasts about so long after it has begun. */
const APPLY_MS = 1_500;
const STATE = /\.tfstate\?/;

const lock = (path: string): string =>
  JSON.stringify({
    ID: "0f0e0d0c-1111-2222-3333-444455556666",
    Operation: "OperationTypeApply",
    Who: "ci@a-runner-that-is-gone",
    Version: "1.12.6",
    Created: "2026-11-28T09:00:00Z",
    Info: "",
    Path: path,
  });

/** Lets requests meet a fate, each with this chance, for one apply. */
async function withFate(trial: Trial, random: Random, chance: number, fate: "break" | number): Promise<boolean> {
  let met = 0;
  trial.proxy.fate = () => (random() < chance ? (met++, fate) : "pass");
  await trial.apply();
  trial.proxy.fate = () => "pass";
  return met > 0;
}

export const faults: readonly Fault[] = [
  {
    what: "OpenTofu is killed in the middle of an apply",
    disturb: async (trial, random) => {
      const result = await trial.apply(async () => {
        await wait(random() * APPLY_MS);
        trial.killEngines();
      });
      return !isRunOk(result);
    },
  },
  {
    what: "Ctrl-C in the middle of an apply",
    disturb: async (trial, random) => {
      const result = await trial.apply(async () => {
        await wait(random() * APPLY_MS);
        process.emit("SIGINT");
      });
      return !isRunOk(result);
    },
  },
  {
    what: "S3 does not take the state (403) from some moment on",
    disturb: async (trial, random) => {
      let passed = Math.floor(random() * 3);
      trial.proxy.fate = (method, path) => (method === "PUT" && STATE.test(path) && --passed < 0 ? 403 : "pass");
      const result = await trial.apply();
      trial.proxy.fate = () => "pass";
      return !isRunOk(result);
    },
  },
  {
    what: "one request in ten to S3 and KMS fails (500)",
    disturb: (trial, random) => withFate(trial, random, 0.1, 500),
  },
  {
    what: "one connection in ten to S3 and KMS breaks",
    disturb: (trial, random) => withFate(trial, random, 0.1, "break"),
  },
  {
    what: "a lock is left by a runner that is gone",
    disturb: async (trial, random) => {
      const state = objectOf(random() < 0.5 ? "dev-network" : "dev-orders");
      await trial.s3.put(`${state}.tflock`, lock(state));
      return !isRunOk(await trial.apply());
    },
  },
  {
    what: "a state is cut off at some place",
    disturb: async (trial, random) => {
      await trial.apply();
      const state = objectOf(random() < 0.5 ? "dev-network" : "dev-orders");
      const text = await trial.s3.object(state);
      await trial.s3.put(state, text.slice(0, 1 + Math.floor(random() * (text.length - 2))));
      return !isRunOk(await trial.apply());
    },
  },
  {
    what: "an older version of a state is put in its place",
    disturb: async (trial, random) => {
      const state = objectOf(random() < 0.5 ? "dev-network" : "dev-orders");
      trial.want(["first", "second"]);
      await trial.apply();
      const older = await trial.s3.object(state);
      trial.want(["first", "second", "third", "fourth"]);
      await trial.apply();
      await trial.s3.put(state, older);
      return true;
    },
  },
];
