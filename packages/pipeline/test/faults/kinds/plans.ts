import { writeFileSync } from "node:fs";
import path from "node:path";
import type { Finding } from "@paved/model";
import type { Fault } from "../fault";

const codes = (refusals: readonly Finding[]): readonly string[] => refusals.map(({ code }) => code);

export const plans: readonly Fault[] = [
  {
    what: "a plan is applied after somebody else has applied another change",
    always: true,
    disturb: async (trial, random) => {
      trial.want(["first", "second"]);
      await trial.apply();
      trial.want(["first", "second", "third", "fourth"]);
      const fleet = await trial.planned();
      trial.want(random() < 0.5 ? ["first"] : ["first", "second", "third"]);
      await trial.apply();
      trial.want(["first", "second", "third", "fourth"]);
      return codes(await fleet.refusals()).includes("PVD5011");
    },
  },
  {
    what: "a plan is applied after its base has moved",
    always: true,
    disturb: async (trial) => {
      const fleet = await trial.planned("base");
      fleet.git("switch", "-q", "base");
      writeFileSync(path.join(fleet.workspace.root, "another"), "");
      fleet.commit("another change");
      fleet.git("switch", "-q", "main");
      return codes(await fleet.refusals()).includes("PVD5008");
    },
  },
];
