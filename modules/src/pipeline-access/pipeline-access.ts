import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import type { Environment } from "@paved/model";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { ROLE_BOUNDARY } from "../iam/pipeline-role";
import { identityPolicy } from "../iam/policy";
import { copyingStatements } from "../image-repository/image-copying";
import { leftOut } from "../stack/left-out";
import { recordOrigin } from "../stack/origin";
import { stackOf } from "../stack/paved-stack";
import { ACTION_GROUPS, type ActionGroup, actionsOf, FLEET_ACTIONS } from "./actions/fleet-actions";
import { pipelineBoundary, roleBoundary } from "./boundaries";
import { FederatedRole } from "./federated-role";
import { GITHUB_AUDIENCE, GITHUB_ISSUER_URL } from "./github-trust";
import { identityStatements, throughServices } from "./identity-statements";
import { statementsFor } from "./service-arns";
import { stateReads, stateWrites } from "./state-statements";

/** What is there already. */
export interface PipelineAccessProps {
  /**
   * Whether the account knows GitHub already: an account has one provider for it, whoever made it.
   * @default false: it is made here
   */
  readonly existingProvider?: boolean;
  /** Environments whose images are copied to this one. @default - none: its images are pushed by whoever builds them */
  readonly imageSources?: readonly Pick<Environment, "account" | "region">[];
}

/**
 * Who of the pipeline may do what in an account, each job by a role of its own, which GitHub's word about the job opens:
 * pull requests look (`paved-plan`), what is merged looks, in the cluster too (`paved-observe`), and what was approved
 * changes (`paved-apply`). What these may derives from the resource types that the fleet has. Where images come from earlier
 * environments, a fourth one brings them (`paved-copy`). None reads a secret's value, a message or a log; none can change its
 * own rights; and roles that `paved-apply` makes are held by a boundary.
 *
 * It is applied by the account's administrators: what it makes cannot make itself.
 *
 * Cost: nothing is billed for roles, policies and providers.
 */
export class PipelineAccess extends Construct {
  private readonly environment: Environment;

  constructor(scope: Construct, id: string, props: PipelineAccessProps = {}) {
    super(scope, id);
    recordOrigin(this);
    this.environment = stackOf(this).environment;
    const provider = props.existingProvider === true ? [] : [this.createProvider()];
    this.createPolicy(
      "role-boundary",
      ROLE_BOUNDARY,
      "What a role of the fleet can be permitted at most",
      roleBoundary(),
    );
    const boundaryArn = this.createBoundary();
    this.createRoles(provider, boundaryArn);
    this.createCopier(provider, boundaryArn, props.imageSources ?? []);
  }

  private createProvider(): ITerraformDependable {
    return new IamOpenidConnectProvider(this, "github", { url: GITHUB_ISSUER_URL, clientIdList: [GITHUB_AUDIENCE] });
  }

  private createBoundary(): string {
    return this.createPolicy(
      "pipeline-boundary",
      "paved-pipeline-boundary",
      "What a role of the pipeline can be permitted at most",
      pipelineBoundary(this.environment),
    );
  }

  private createRoles(provider: readonly ITerraformDependable[], boundaryArn: string): void {
    const reads = this.createPolicy("reads", "paved-reads", "To see how the fleet's resources are", this.reads());
    const shared = { boundaryArn, provider, policies: { reads } };
    const state = stateReads(this.environment);
    new FederatedRole(this, "plan", {
      ...shared,
      role: "plan",
      description: "Plans what a pull request would change",
      inline: { state },
    });
    new FederatedRole(this, "observe", {
      ...shared,
      role: "observe",
      description: "Plans what was merged, and looks for drift",
      inline: { state },
    });
    new FederatedRole(this, "apply", {
      ...shared,
      role: "apply",
      description: "Applies what was approved",
      inline: {
        state: [...state, ...stateWrites(this.environment)],
        identity: identityStatements(this.environment),
        services: throughServices(this.environment),
      },
      policies: { reads, ...this.writes() },
      sessionHours: 2,
    });
  }

  private createCopier(
    provider: readonly ITerraformDependable[],
    boundaryArn: string,
    sources: readonly Pick<Environment, "account" | "region">[],
  ): void {
    if (sources.length === 0) return leftOut(this, "copy", "no environment is there to copy images from");
    new FederatedRole(this, "copy", {
      role: "copy",
      description: "Copies released images from earlier environments",
      boundaryArn,
      provider,
      inline: { images: copyingStatements(this.environment, sources) },
      policies: {},
    });
  }

  private reads(): string {
    return identityPolicy(statementsFor(actionsOf(FLEET_ACTIONS, "reads"), this.environment));
  }

  /** A policy a group, since a managed policy holds 6,144 characters and not more. */
  private writes(): Readonly<Record<string, string>> {
    const groups = Object.keys(ACTION_GROUPS) as ActionGroup[];
    const made = groups.map((group) => {
      const statements = statementsFor(actionsOf(ACTION_GROUPS[group], "writes"), this.environment);
      const description = `To change the fleet's resources: ${group}`;
      return [
        group,
        this.createPolicy(`${group}-writes`, `paved-${group}-writes`, description, identityPolicy(statements)),
      ];
    });
    return Object.fromEntries(made) as Record<string, string>;
  }

  private createPolicy(id: string, name: string, description: string, policy: string): string {
    return new IamPolicy(this, id, { name, description, policy }).arn;
  }
}
