import { isRunOk } from "../../../src/run/result";
import { type Fault, someMoment, someState } from "../fault";

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

export const locks: readonly Fault[] = [
  {
    what: "a lock is left by a runner that is gone",
    always: true,
    disturb: async (trial, random) => {
      const state = someState(random);
      await trial.s3.put(`${state}.tflock`, lock(state));
      return !isRunOk(await trial.apply());
    },
  },
  {
    what: "a lock is taken away in the middle of an apply",
    disturb: async (trial, random) => {
      let taken = false;
      await trial.apply(async () => {
        await someMoment(random);
        for (const stack of ["dev/network", "dev/orders"]) {
          taken = (await trial.s3.delete(`${stack}.tfstate.tflock`)) || taken;
        }
      });
      return taken;
    },
  },
  {
    what: "another checkout applies the same stacks at the same time",
    disturb: async (trial, random) => {
      const others: Promise<boolean>[] = [];
      const result = await trial.apply(async () => {
        await someMoment(random);
        others.push(trial.applyElsewhere().then(isRunOk));
      });
      const [other] = await Promise.all(others);
      return !isRunOk(result) || other !== true;
    },
  },
];
