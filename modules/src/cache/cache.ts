import { ElasticacheReplicationGroup } from "@cdktf/provider-aws/lib/elasticache-replication-group";
import { ElasticacheSubnetGroup } from "@cdktf/provider-aws/lib/elasticache-subnet-group";
import { ElasticacheUser } from "@cdktf/provider-aws/lib/elasticache-user";
import { ElasticacheUserGroup } from "@cdktf/provider-aws/lib/elasticache-user-group";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { deriveName, didYouMean, type Environment, PavedError, type Size, SIZES } from "@paved/model";
import { Construct } from "constructs";
import { consume, type ContractFacts, publish } from "../contract/contract";
import type { networkContract } from "../contract/platform-contracts";
import { EncryptionKey } from "../encryption-key/encryption-key";
import { variableOf } from "../infrastructure-config/variable";
import { LogGroup } from "../log-group/log-group";
import { amend } from "../stack/making";
import { originOf, recordOrigin } from "../stack/origin";
import { stackOf } from "../stack/paved-stack";
import type { Grantee } from "../workload-identity/grantee";
import { cacheContract, cacheIdentifier, cacheUserId, grantUse, PORT } from "./grant";
import { askForCacheUser, makeCacheUsers } from "./users";

/** A cache, in the words of who needs one. */
export interface CacheProps {
  /** Name of the service it belongs to; the cache is `<name>-<environment>`. */
  readonly name: string;
  /** How large; the environment says what that means in nodes. */
  readonly size: Size;
  /** Where it stands: facts of the network. */
  readonly network: Pick<ContractFacts<typeof networkContract.fields>, "vpcId" | "intraSubnetIds">;
  /** Security group of the pods, the only place connections may come from. */
  readonly clusterSecurityGroupId: string;
}

/** Major and minor version; ElastiCache takes the newest patch (ElastiCache user guide, "Supported engines"). */
const VALKEY_VERSION = "8.0";
/** All but what administers the server or looks at other clients; `info` is what client libraries ask when they connect. */
const ACCESS = "on ~* &* +@all -@admin -@dangerous +info";

/**
 * A Valkey cache on ElastiCache for one service. Encrypted at rest with a key of its own and in transit (checkov
 * CKV_AWS_29, CKV_AWS_30, CKV_AWS_191), in subnets without a way out. There is no password: workloads sign in by IAM, as
 * users of their own, and nobody can until it is granted. What is in it may be lost: it is a cache, with daily snapshots.
 * Publishes `cache-<name>@1`, by which other services' stacks find it.
 *
 * Cost: each node by the hour (two when highly available), snapshots and slow logs by size, a key monthly.
 *
 * @throws PavedError PVD1006, PVD1007, PVD1008 when a name derived from `name` does not fit, PVD1017 for an unknown size
 */
export class Cache extends Construct {
  /**
   * The cache of another service, found by its contract. Wrong names are PVD1011 at synth. The workload finds it by
   * `<NAME>_CACHE_HOST` and the like; its user is made in the cache's own stack.
   */
  static fromName(scope: Construct, name: string): Pick<Cache, "grantUse"> {
    const { environment } = stackOf(scope);
    const { arn, host } = consume(scope, cacheContract(name));
    const identifier = cacheIdentifier(environment, name, scope.node.path);
    return {
      grantUse: (workload) => {
        askForCacheUser(scope, name, workload.identity.name);
        return grantUse({ identifier, arn, host, prefix: variableOf(name, "cache") }, workload, environment);
      },
    };
  }

  /** Name of the replication group, `<name>-<environment>`; sign-in tokens are made for it. */
  readonly identifier: string;
  readonly host: string;
  readonly port = PORT;
  private readonly environment: Environment;
  private readonly firewall: SecurityGroup;
  private readonly users: ElasticacheUserGroup;
  private readonly group: ElasticacheReplicationGroup;
  private readonly granted = new Map<Grantee, string>();
  private readonly admitted = new Set<string>();

  constructor(
    scope: Construct,
    id: string,
    private readonly props: CacheProps,
  ) {
    super(scope, id);
    recordOrigin(this);
    this.environment = stackOf(this).environment;
    this.identifier = cacheIdentifier(this.environment, props.name, this.node.path);
    this.firewall = this.createFirewall();
    this.users = new ElasticacheUserGroup(this, "users", {
      engine: "valkey",
      userGroupId: this.identifier,
      userIds: [],
    });
    this.group = this.createGroup();
    this.host = this.group.primaryEndpointAddress;
    publish(this, cacheContract(props.name), { arn: this.group.arn, host: this.host });
    makeCacheUsers(this, props.name, (workload) => this.admit(workload));
  }

  /**
   * Lets the workload use the cache, as a user of its own that signs in with a token (`CACHE_HOST`, `CACHE_PORT`,
   * `CACHE_USER`, `CACHE_NAME`). Granted again, it changes nothing.
   * @returns name of the user
   */
  grantUse(workload: Grantee): string {
    const known = this.granted.get(workload);
    if (known !== undefined) return known;
    const { identifier, host, environment } = this;
    this.admit(workload.identity.name);
    const userId = grantUse({ identifier, host, arn: this.group.arn, prefix: "CACHE" }, workload, environment);
    this.granted.set(workload, userId);
    return userId;
  }

  /** Makes the user of a workload, of this stack or another, and opens the port for the first. Again, it changes nothing. */
  private admit(workload: string): void {
    if (this.admitted.has(workload)) return;
    if (this.admitted.size === 0) this.openPort();
    this.admitted.add(workload);
    const userId = cacheUserId(this.identifier, workload, this.node.path);
    const user = new ElasticacheUser(this, `user-${workload}`, {
      engine: "valkey",
      userId,
      // With IAM it has to be the id.
      userName: userId,
      accessString: ACCESS,
      authenticationMode: { type: "iam" },
    });
    amend(this.users, { userIds: [...(this.users.userIdsInput ?? []), user.userId] });
  }

  /** Without a rule, nothing gets in; the first grant adds the way in. */
  private createFirewall(): SecurityGroup {
    return new SecurityGroup(this, "firewall", {
      name: deriveName("security group", ["paved", this.identifier, "cache"], this.node.path),
      description: `Who may connect to the cache ${this.identifier}`,
      vpcId: this.props.network.vpcId,
    });
  }

  private openPort(): void {
    new VpcSecurityGroupIngressRule(this, "from-pods", {
      securityGroupId: this.firewall.id,
      referencedSecurityGroupId: this.props.clusterSecurityGroupId,
      ipProtocol: "tcp",
      fromPort: PORT,
      toPort: PORT,
      description: "Valkey from pods of granted workloads",
    });
  }

  private createGroup(): ElasticacheReplicationGroup {
    const { highlyAvailable, snapshotRetentionDays } = this.environment.cache;
    const key = new EncryptionKey(this, "key", {
      description: `Cache ${this.identifier}`,
      alias: `cache-${this.props.name}`,
      services: [`logs.${this.environment.region}.amazonaws.com`],
    });
    const logs = this.keepSlowLog(key);
    return new ElasticacheReplicationGroup(this, "group", {
      replicationGroupId: this.identifier,
      description: `Cache ${this.identifier}`,
      engine: "valkey",
      engineVersion: VALKEY_VERSION,
      nodeType: this.nodeType(),
      port: PORT,
      numCacheClusters: highlyAvailable ? 2 : 1,
      automaticFailoverEnabled: highlyAvailable,
      multiAzEnabled: highlyAvailable,
      autoMinorVersionUpgrade: "true",
      applyImmediately: false,
      atRestEncryptionEnabled: "true",
      kmsKeyId: key.arn,
      transitEncryptionEnabled: true,
      userGroupIds: [this.users.userGroupId],
      subnetGroupName: this.createSubnetGroup().name,
      securityGroupIds: [this.firewall.id],
      snapshotRetentionLimit: snapshotRetentionDays,
      snapshotWindow: "02:00-03:00",
      maintenanceWindow: "sun:03:30-sun:04:30",
      logDeliveryConfiguration: [
        {
          logType: "slow-log",
          logFormat: "json",
          destinationType: "cloudwatch-logs",
          destination: logs.name,
        },
      ],
      // Its name is literal, and ElastiCache would make the group by itself, without key and without end.
      dependsOn: [logs.resource],
    });
  }

  private keepSlowLog(key: EncryptionKey): LogGroup {
    return new LogGroup(this, "logs-slow", {
      name: `/aws/elasticache/${this.identifier}/slow-log`,
      retentionDays: this.environment.cluster.logRetentionDays,
      key,
    });
  }

  private nodeType(): string {
    if (SIZES.includes(this.props.size)) return this.environment.cache.sizes[this.props.size].nodeType;
    throw new PavedError({
      code: "PVD1017",
      where: this.node.path,
      source: originOf(this),
      got: JSON.stringify(this.props.size),
      want: `one of ${SIZES.join(", ")}`,
      fix: didYouMean(String(this.props.size), SIZES),
    });
  }

  private createSubnetGroup(): ElasticacheSubnetGroup {
    return new ElasticacheSubnetGroup(this, "subnets", {
      name: this.identifier,
      description: `Subnets of the cache ${this.identifier}`,
      subnetIds: [...this.props.network.intraSubnetIds],
    });
  }
}
