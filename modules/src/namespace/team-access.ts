import { RoleBindingV1 } from "@cdktf/provider-kubernetes/lib/role-binding-v1";
import { RoleV1 } from "@cdktf/provider-kubernetes/lib/role-v1";
import { checkName } from "@paved/model";
import { Construct } from "constructs";
import { recordOrigin } from "../stack/origin";

/** Whose namespace. */
export interface TeamAccessProps {
  /** Name of the namespace. */
  readonly namespace: string;
  /** Owning team. */
  readonly team: string;
}

const READ = ["get", "list", "watch"];

/** What a team needs to see to find out why its service fails. No secrets, and nothing that changes anything. */
const READABLE: readonly { readonly apiGroups: string[]; readonly resources: string[] }[] = [
  {
    apiGroups: [""],
    resources: [
      "configmaps",
      "endpoints",
      "events",
      "limitranges",
      "persistentvolumeclaims",
      "pods",
      "pods/log",
      "resourcequotas",
      "serviceaccounts",
      "services",
    ],
  },
  { apiGroups: ["apps"], resources: ["deployments", "replicasets", "statefulsets"] },
  { apiGroups: ["autoscaling"], resources: ["horizontalpodautoscalers"] },
  { apiGroups: ["cert-manager.io"], resources: ["certificaterequests", "certificates"] },
  { apiGroups: ["batch"], resources: ["cronjobs", "jobs"] },
  { apiGroups: ["discovery.k8s.io"], resources: ["endpointslices"] },
  { apiGroups: ["events.k8s.io"], resources: ["events"] },
  { apiGroups: ["external-secrets.io"], resources: ["externalsecrets"] },
  { apiGroups: ["gateway.networking.k8s.io"], resources: ["grpcroutes", "httproutes"] },
  { apiGroups: ["keda.sh"], resources: ["scaledobjects"] },
  { apiGroups: ["metrics.k8s.io"], resources: ["pods"] },
  { apiGroups: ["networking.k8s.io"], resources: ["networkpolicies"] },
  { apiGroups: ["policy"], resources: ["poddisruptionbudgets"] },
];

/** Kubernetes group of a team; EKS access entries put its people into it. */
export function teamGroup(team: string): string {
  return `team:${team}`;
}

/**
 * Lets the owning team see its pods, logs, events and resource use, in every environment alike: provisioning is
 * abstracted, observability is not. Changes go through Git (NSA Kubernetes hardening guide, least privilege).
 *
 * Cost: nothing is billed.
 *
 * @throws PavedError PVD1007 when the team's name has other characters than lower-case letters, digits and hyphens
 */
export class TeamAccess extends Construct {
  /** Group that was given access. */
  readonly group: string;

  constructor(scope: Construct, id: string, props: TeamAccessProps) {
    super(scope, id);
    recordOrigin(this);
    this.group = teamGroup(checkName("Kubernetes name", props.team, this.node.path));
    const metadata = { name: "team-read", namespace: props.namespace };
    const role = new RoleV1(this, "role", { metadata, rule: READABLE.map((rule) => ({ ...rule, verbs: READ })) });
    new RoleBindingV1(this, "binding", {
      metadata,
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: metadata.name },
      subject: [{ apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: this.group }],
      dependsOn: [role],
    });
  }
}
