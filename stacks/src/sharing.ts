import { ServiceStack } from "@paved/golden-paths";
import { didYouMean, type Finding, shown } from "@paved/model";
import type { ContractLedger } from "@paved/modules";

/**
 * PVD1041 for each service that uses what a service of another team has, which that one does not share with it, however it
 * came by it; PVD1025 for sharing with a service that there is not.
 * @param stacks those of all services that could be built
 */
export function unshared(stacks: readonly ServiceStack[], ledger: ContractLedger): readonly Finding[] {
  const names = [...new Set(stacks.map(({ service }) => service.name))];
  return stacks.flatMap((stack) => [
    ...ledger.consumedBy(stack).flatMap(({ contract, from }) => withoutConsent(stack, contract, from)),
    ...stack.sharedWith
      .filter((name) => !names.includes(name))
      .map((name) => ({
        code: "PVD1025" as const,
        where: `${stack.file} shareWith`,
        got: `the unknown service ${shown(name)}`,
        want: "a service of the fleet",
        fix: didYouMean(name, names),
      })),
  ]);
}

function withoutConsent({ file, service }: ServiceStack, contract: string, owner: unknown): readonly Finding[] {
  if (!(owner instanceof ServiceStack) || owner.service.owner === service.owner) return [];
  if (owner.sharedWith.includes(service.name)) return [];
  return [
    {
      code: "PVD1041",
      where: file,
      got: `${contract} of ${owner.service.owner}, who do not share it with ${service.name}`,
      want: "the consent of who owns it, in the owner's own file",
      fix: `have ${owner.service.owner} write service.shareWith(${JSON.stringify(service.name)}) in ${owner.file}`,
    },
  ];
}
