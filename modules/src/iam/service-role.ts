import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { deriveName } from "@paved/model";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { recordOrigin } from "../stack/origin";
import { stackOf } from "../stack/paved-stack";
import { roleBoundaryArn } from "./pipeline-role";
import { identityPolicy, type PolicyConditions, type PolicyStatement, trustPolicy } from "./policy";

/** A role for an AWS service. */
export interface ServiceRoleProps {
  /** Name within the environment; the role is called `paved-<environment>-<name>`. */
  readonly name: string;
  /** What the role is for, in a sentence. */
  readonly description: string;
  /** Service that takes the role on, for example `ec2.amazonaws.com`. */
  readonly service: string;
  /** What the service calls to take it on. @default ["sts:AssumeRole"] */
  readonly assumeActions?: readonly string[];
  /** When the service may take it on. @default - always; only right for services that support no condition */
  readonly conditions?: PolicyConditions;
  /** Policies kept by AWS: construct id to the path below `arn:aws:iam::aws:policy/`. @default - none */
  readonly managedPolicies?: Readonly<Record<string, string>>;
  /** What else it may do. @default - nothing */
  readonly statements?: readonly PolicyStatement[];
}

/**
 * An IAM role that one AWS service may take on, and nobody else. The account's boundary holds it, whatever it is permitted.
 *
 * Cost: nothing is billed for roles.
 *
 * @throws PavedError PVD1006, PVD1007 when the role's name does not fit IAM
 */
export class ServiceRole extends Construct {
  readonly arn: string;
  readonly name: string;
  /** What must exist before the role can do its work: whoever uses the role waits for these. */
  readonly ready: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: ServiceRoleProps) {
    super(scope, id);
    recordOrigin(this);
    const role = this.createRole(props);
    this.arn = role.arn;
    this.name = role.name;
    this.ready = [role, ...this.attach(role, props.managedPolicies ?? {}), ...this.permit(role, props.statements)];
  }

  private createRole(props: ServiceRoleProps): IamRole {
    return new IamRole(this, "role", {
      name: deriveName("IAM role", ["paved", stackOf(this).environment.name, props.name], this.node.path),
      description: props.description,
      permissionsBoundary: roleBoundaryArn(stackOf(this).environment),
      assumeRolePolicy: trustPolicy(props.service, props.assumeActions ?? ["sts:AssumeRole"], props.conditions),
    });
  }

  private attach(role: IamRole, policies: Readonly<Record<string, string>>): ITerraformDependable[] {
    return Object.entries(policies).map(
      ([id, path]) =>
        new IamRolePolicyAttachment(this, id, { role: role.name, policyArn: `arn:aws:iam::aws:policy/${path}` }),
    );
  }

  private permit(role: IamRole, statements: readonly PolicyStatement[] | undefined): ITerraformDependable[] {
    if (statements === undefined) return [];
    return [
      new IamRolePolicy(this, "policy", { name: "permitted", role: role.name, policy: identityPolicy(statements) }),
    ];
  }
}
