import type { Environment } from "@paved/model";

/** Teams that own services. */
const TEAMS = ["commerce", "growth", "payments"] as const;

/** The role of each team in an account, which its people sign in as. */
export function teamRoles(account: string): Environment["teams"] {
  return Object.fromEntries(TEAMS.map((team) => [team, `arn:aws:iam::${account}:role/paved-team-${team}`]));
}
