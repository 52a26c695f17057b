import { EksPodIdentityAssociation } from "@cdktf/provider-aws/lib/eks-pod-identity-association";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { clusterName } from "../cluster/cluster-name";
import { identityPolicy, type PolicyStatement } from "../iam/policy";
import { ServiceRole } from "../iam/service-role";
import { amend } from "../stack/making";
import { recordOrigin } from "../stack/origin";
import { stackOf } from "../stack/paved-stack";
import {
  POD_IDENTITY_ACTIONS,
  POD_IDENTITY_SERVICE,
  podIdentityConditions,
  type PodSelection,
} from "./pod-identity-trust";
import { checkStatement } from "./statement-check";

/** Whose identity it is. */
export interface WorkloadIdentityProps {
  /** Name of the workload, usually the service's; the role is `paved-<environment>-<name>`. */
  readonly name: string;
  /** Namespace of the pods. */
  readonly namespace: string;
  /** Service account of the pods. */
  readonly serviceAccount: string;
  /** Cluster they run in. @default - the environment's cluster */
  readonly clusterName?: string;
}

/**
 * What a workload is to AWS: a role that pods of one service account, in one namespace, of one cluster get by EKS Pod
 * Identity. It starts with no permission; {@link WorkloadIdentity.allow} and the `grant…` verbs add them. No ARN has to
 * be written into a manifest, and pods never fall back to the node's role, since nodes answer no pod (hop limit 1).
 *
 * Cost: nothing is billed for roles and associations.
 *
 * @throws PavedError PVD1006, PVD1007, PVD1008 when the role's name does not fit IAM
 */
export class WorkloadIdentity extends Construct {
  /** Name of the workload, as given. */
  readonly name: string;
  readonly roleArn: string;
  readonly roleName: string;
  /** What there has to be before the service account's pods: they are given credentials when they are made, or never. */
  readonly association: ITerraformDependable;
  private readonly pods: PodSelection;
  private readonly statements: PolicyStatement[] = [];
  private policy: IamRolePolicy | undefined;

  constructor(scope: Construct, id: string, props: WorkloadIdentityProps) {
    super(scope, id);
    recordOrigin(this);
    this.name = props.name;
    this.pods = {
      clusterName: props.clusterName ?? clusterName(stackOf(this).environment),
      namespace: props.namespace,
      serviceAccount: props.serviceAccount,
    };
    const role = this.createRole();
    this.roleArn = role.arn;
    this.roleName = role.name;
    this.association = this.bind();
  }

  /**
   * Lets the workload do something more. All statements are kept in one inline policy, made at the first.
   *
   * @returns the statement that was added
   * @throws PavedError PVD1025 for every action (of a service), or every resource where the action could name its own
   */
  allow(statement: PolicyStatement): PolicyStatement {
    checkStatement(statement, this.node.path);
    this.statements.push(statement);
    this.policy ??= new IamRolePolicy(this, "policy", { name: "permitted", role: this.roleName, policy: "" });
    amend(this.policy, { policy: identityPolicy(this.statements) });
    return statement;
  }

  /** The association, and all that was allowed until now: what an add-on's pods wait for. */
  get ready(): readonly ITerraformDependable[] {
    return this.policy === undefined ? [this.association] : [this.association, this.policy];
  }

  private createRole(): ServiceRole {
    return new ServiceRole(this, "role", {
      name: this.name,
      description: `Identity of ${this.pods.serviceAccount} in namespace ${this.pods.namespace}`,
      service: POD_IDENTITY_SERVICE,
      assumeActions: POD_IDENTITY_ACTIONS,
      conditions: podIdentityConditions(stackOf(this).environment, this.pods),
    });
  }

  private bind(): ITerraformDependable {
    const { clusterName: cluster, namespace, serviceAccount } = this.pods;
    return new EksPodIdentityAssociation(this, "association", {
      clusterName: cluster,
      namespace,
      serviceAccount,
      roleArn: this.roleArn,
    });
  }
}
