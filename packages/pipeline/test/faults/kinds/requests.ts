import type { Outage } from "@paved/sandbox";
import { isRunOk } from "../../../src/run/result";
import type { Fate } from "../../faulty-proxy";
import type { Fault } from "../fault";
import type { Random } from "../random";
import type { Trial } from "../trial";

const STATE = /\.tfstate\?/;

/** Lets requests to S3 and KMS meet a fate, each with this chance, for one apply. */
async function withFate(trial: Trial, random: Random, chance: number, fate: Fate): Promise<boolean> {
  let met = 0;
  trial.proxy.fate = () => (random() < chance ? (met++, fate) : "pass");
  await trial.apply();
  trial.proxy.fate = () => "pass";
  return met > 0;
}

/** Has the services of the provider answer like this, each time with this chance, for one apply. */
async function withOutages(trial: Trial, random: Random, chance: number, outage: () => Outage): Promise<boolean> {
  trial.outages = () => (random() < chance ? outage() : undefined);
  const result = await trial.apply();
  trial.outages = undefined;
  return !isRunOk(result);
}

export const requests: readonly Fault[] = [
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
    what: "one call in five of the provider is throttled",
    disturb: (trial, random) =>
      withOutages(trial, random, 0.2, () => ({ code: "ThrottlingException", message: "Rate exceeded" })),
  },
  {
    what: "one call in five of the provider fails (500), half of them after the service did what was asked",
    disturb: (trial, random) =>
      withOutages(trial, random, 0.2, () => ({
        code: "InternalFailure",
        message: "The request processing has failed because of an unknown error.",
        isDone: random() < 0.5,
      })),
  },
];
