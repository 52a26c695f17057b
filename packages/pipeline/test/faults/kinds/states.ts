import { isRunOk } from "../../../src/run/result";
import { type Fault, someState } from "../fault";

export const states: readonly Fault[] = [
  {
    what: "a state is cut off at some place",
    always: true,
    disturb: async (trial, random) => {
      await trial.apply();
      const state = someState(random);
      const text = await trial.s3.object(state);
      await trial.s3.put(state, text.slice(0, 1 + Math.floor(random() * (text.length - 2))));
      return !isRunOk(await trial.apply());
    },
  },
  {
    what: "an older version of a state is put in its place",
    always: true,
    disturb: async (trial, random) => {
      const state = someState(random);
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
