import type { ServiceStack } from "@paved/golden-paths";
import type { Finding } from "@paved/model";
import { rules } from "@paved/policy";

type Deviation = ServiceStack["deviations"][number];

/**
 * PVD1031 for each deviation that another team answers for than the service's owner, and for each that was agreed to by
 * somebody who may not: the environment says who may, and a critical rule is left with those alone who answer for
 * security.
 * @param stacks those of all services that could be built
 */
export function wrongConsent(stacks: readonly ServiceStack[]): readonly Finding[] {
  return stacks.flatMap((stack) =>
    stack.deviations.flatMap((deviation) => [...wrongOwner(stack, deviation), ...wrongApprover(stack, deviation)]),
  );
}

function wrongOwner({ service }: ServiceStack, { source, owner }: Deviation): readonly Finding[] {
  if (owner === service.owner) return [];
  return [
    {
      code: "PVD1031",
      where: `${source} deviate owner`,
      got: JSON.stringify(owner),
      want: `${service.owner}, the team that owns ${service.name}`,
      fix: `write ${JSON.stringify(service.owner)}: who owns the service answers for what it leaves`,
    },
  ];
}

const CRITICAL = new Set(rules.filter(({ severity }) => severity === "critical").map(({ id }) => id));

function wrongApprover({ environment }: ServiceStack, { source, rule, approvedBy }: Deviation): readonly Finding[] {
  const { anyRule, uncriticalRules } = environment.approvers;
  const critical = CRITICAL.has(rule);
  const allowed = critical ? anyRule : [...uncriticalRules, ...anyRule];
  if (allowed.includes(approvedBy)) return [];
  return [
    {
      code: "PVD1031",
      where: `${source} deviate approvedBy`,
      got: JSON.stringify(approvedBy),
      want: `${allowed.join(" or ")}, who may agree to leave ${rule}${critical ? ", which is critical" : ""}`,
      fix: "have one of them agree; who may is said in environments/src/approvers.ts",
    },
  ];
}
