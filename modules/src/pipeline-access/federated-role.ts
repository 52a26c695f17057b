import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { PIPELINE_ROLES, type PipelineRole } from "../iam/pipeline-role";
import { identityPolicy, type PolicyStatement } from "../iam/policy";
import { recordOrigin } from "../stack/origin";
import { stackOf } from "../stack/paved-stack";
import { githubTrust } from "./github-trust";

/** One role of the pipeline. */
export interface FederatedRoleProps {
  readonly role: PipelineRole;
  /** What the role is for, in a sentence. */
  readonly description: string;
  /** ARN of the policy that says what it can be permitted at most. */
  readonly boundaryArn: string;
  /** What it may, by construct id of the inline policy. */
  readonly inline: Readonly<Record<string, readonly PolicyStatement[]>>;
  /** What else it may: construct id to the ARN of a policy. */
  readonly policies: Readonly<Record<string, string>>;
  /** Hours that a session lasts at most. @default 1 */
  readonly sessionHours?: number;
  /** What there has to be before the role can be taken on. */
  readonly provider: readonly ITerraformDependable[];
}

const SECONDS_AN_HOUR = 3600;

/**
 * A role that one kind of job of the pipeline's repository may take on, and nobody else: no key of it is kept anywhere.
 *
 * Cost: nothing is billed for roles.
 */
export class FederatedRole extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: FederatedRoleProps) {
    super(scope, id);
    recordOrigin(this);
    const role = new IamRole(this, "role", {
      name: PIPELINE_ROLES[props.role],
      description: props.description,
      assumeRolePolicy: githubTrust(stackOf(this).environment, props.role),
      permissionsBoundary: props.boundaryArn,
      maxSessionDuration: (props.sessionHours ?? 1) * SECONDS_AN_HOUR,
      dependsOn: [...props.provider],
    });
    this.arn = role.arn;
    for (const [name, statements] of Object.entries(props.inline)) {
      new IamRolePolicy(this, name, { name, role: role.name, policy: identityPolicy(statements) });
    }
    for (const [name, policyArn] of Object.entries(props.policies)) {
      new IamRolePolicyAttachment(this, `${name}-policy`, { role: role.name, policyArn });
    }
  }
}
