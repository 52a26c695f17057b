import { BURN_RATES, recorded } from "../alerts/burn-rate";
import { type Objective, objectives } from "../objective";
import type { ObservedService } from "../observed";
import type { Panel, Row } from "./panel";

/** How well each promise is kept, and how fast what it allows is used up. A service without promises has no such row. */
export function objectiveRow(observed: ObservedService): readonly Row[] {
  const panels = objectives(observed).flatMap((objective) => promised(observed, objective));
  return panels.length > 0 ? [{ title: "Objectives", panels }] : [];
}

function promised(observed: ObservedService, objective: Objective): readonly Panel[] {
  const title = `${objective.name === "availability" ? "Availability" : "In time"}, promised ${objective.percent} %`;
  return [
    {
      title,
      description: `${objective.sentence}. Shown is the time on the page.`,
      type: "stat",
      unit: "percentunit",
      redBelow: objective.percent / 100,
      queries: [{ expr: `1 - (${objective.badRatio("$__range")})`, legend: objective.name }],
    },
    {
      title: `Burn rate of ${objective.name}`,
      description:
        "How many times faster than allowed the promise is being broken. At 1 exactly what 30 days allow is used up in 30 days; alerts come at " +
        `${BURN_RATES.map(({ times, long }) => `${times} over ${long}`).join(", ")}.`,
      width: 8,
      unit: "short",
      redAbove: 1,
      queries: [
        burn(observed, objective, "1h"),
        ...["6h", "1d", "3d"].map((window) => burn(observed, objective, window)),
      ],
    },
    {
      title: `Not kept: ${objective.name}`,
      description: `Share of the work that was ${objective.name === "availability" ? "not done" : "done too late"}.`,
      width: 8,
      unit: "percentunit",
      redAbove: objective.budget,
      queries: [{ expr: recorded(observed, objective, "5m"), legend: "over 5m" }],
    },
  ];
}

function burn(observed: ObservedService, objective: Objective, window: string) {
  return { expr: `${recorded(observed, objective, window)} / ${objective.budget}`, legend: `over ${window}` };
}
