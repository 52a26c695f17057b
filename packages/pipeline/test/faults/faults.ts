import type { Fault } from "./fault";
import { interruptions } from "./kinds/interruptions";
import { locks } from "./kinds/locks";
import { machine } from "./kinds/machine";
import { plans } from "./kinds/plans";
import { requests } from "./kinds/requests";
import { states } from "./kinds/states";

export const faults: readonly Fault[] = [...interruptions, ...requests, ...locks, ...states, ...machine, ...plans];
