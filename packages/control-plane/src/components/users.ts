import type { Subject } from "../certificates/authority";

/** Users of the API server, by what they are for; a group has the rights that {@link accessObjects} binds to it. */
export const USERS = {
  /** Makes the first rights, as nobody else can; in no kubeconfig. */
  bootstrap: { name: "paved:bootstrap", groups: ["system:masters"], usage: "client" },
  administrator: { name: "administrator", groups: ["paved:administrators"], usage: "client" },
  reader: { name: "reader", groups: ["paved:readers"], usage: "client" },
  controllerManager: { name: "system:kube-controller-manager", usage: "client" },
  scheduler: { name: "system:kube-scheduler", usage: "client" },
  simulatedNodes: { name: "paved:simulated-nodes", usage: "client" },
  argoCdController: { name: "paved:argocd-application-controller", usage: "client" },
  argoCdServer: { name: "paved:argocd-server", usage: "client" },
  sourceController: { name: "paved:source-controller", usage: "client" },
  kustomizeController: { name: "paved:kustomize-controller", usage: "client" },
} as const satisfies Record<string, Subject>;

/** Somebody of a team, who has the rights that the team's services give it, and no others. */
export function teamUser(team: string): Subject {
  return { name: `team-${team}`, groups: [`team:${team}`], usage: "client" };
}
