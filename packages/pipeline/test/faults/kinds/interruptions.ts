import { isRunOk } from "../../../src/run/result";
import { type Fault, someMoment } from "../fault";

export const interruptions: readonly Fault[] = [
  {
    what: "OpenTofu is killed in the middle of an apply",
    disturb: async (trial, random) => {
      const result = await trial.apply(async () => {
        await someMoment(random);
        trial.killEngines();
      });
      return !isRunOk(result);
    },
  },
  {
    what: "Ctrl-C in the middle of an apply",
    disturb: async (trial, random) => {
      const result = await trial.apply(async () => {
        await someMoment(random);
        process.emit("SIGINT");
      });
      return !isRunOk(result);
    },
  },
];
