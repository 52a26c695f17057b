import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { deriveName } from "@paved/model";
import { Construct } from "constructs";
import { roleBoundaryArn } from "../iam/pipeline-role";
import { identityPolicy, policyDocument, type PolicyStatement } from "../iam/policy";
import { recordOrigin } from "../stack/origin";
import { stackOf } from "../stack/paved-stack";

/** Who delivers what. */
export interface DeliveryRoleProps {
  /** Name of the site's service; the role is `paved-<environment>-<name>-delivery`. */
  readonly name: string;
  /** Roles that may take it on. They must exist. */
  readonly deliverers: readonly string[];
  readonly statements: readonly PolicyStatement[];
}

/**
 * A role for whoever brings a site's files: of the team's pipeline, or of people. It may do that and nothing else, so that
 * no role that can do more has to be handed to a build.
 *
 * Cost: nothing is billed for roles.
 *
 * @throws PavedError PVD1006, PVD1007 when the role's name does not fit IAM
 */
export class DeliveryRole extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: DeliveryRoleProps) {
    super(scope, id);
    recordOrigin(this);
    const name = ["paved", stackOf(this).environment.name, props.name, "delivery"];
    const trust = { Effect: "Allow", Principal: { AWS: props.deliverers }, Action: "sts:AssumeRole" };
    const role = new IamRole(this, "role", {
      name: deriveName("IAM role", name, this.node.path),
      description: `Brings the files of ${props.name}`,
      permissionsBoundary: roleBoundaryArn(stackOf(this).environment),
      assumeRolePolicy: policyDocument([trust]),
    });
    this.arn = role.arn;
    new IamRolePolicy(this, "policy", {
      name: "permitted",
      role: role.name,
      policy: identityPolicy(props.statements),
    });
  }
}
