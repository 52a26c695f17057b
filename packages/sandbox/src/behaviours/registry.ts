import { awsBehaviours } from "./aws";
import type { Behaviour } from "./define";
import { genericBehaviour } from "./generic";
import { helmBehaviours } from "./helm";
import { kubernetesBehaviours } from "./kubernetes";

const BEHAVIOURS = new Map(
  [...awsBehaviours, ...kubernetesBehaviours, ...helmBehaviours].map((one) => [one.type, one]),
);

/** How a resource type behaves: as written down, otherwise as most types do. */
export function behaviourOf(type: string): Behaviour {
  return BEHAVIOURS.get(type) ?? genericBehaviour(type);
}
