import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { DbParameterGroup } from "@cdktf/provider-aws/lib/db-parameter-group";
import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { deriveName, didYouMean, type Environment, PavedError, type Size, SIZES } from "@paved/model";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { consume, type ContractFacts, publish } from "../contract/contract";
import type { networkContract } from "../contract/platform-contracts";
import { EncryptionKey } from "../encryption-key/encryption-key";
import { ServiceRole } from "../iam/service-role";
import { LogGroup } from "../log-group/log-group";
import { originOf, recordOrigin } from "../stack/origin";
import { stackOf } from "../stack/paved-stack";
import { statefulLifecycle } from "../stack/protection";
import type { Grantee } from "../workload-identity/grantee";
import type { DatabaseAccess } from "./access-sql";
import { databaseContract, type DatabaseGrant, grantAccess } from "./grant";
import { ALWAYS, encryptedWith, LOG_KINDS, PORT } from "./instance-settings";
import { parameters } from "./parameters";
import { DEFAULT_POSTGRES_VERSION, type PostgresVersion } from "./versions";

/** A database, in the words of who needs one. */
export interface DatabaseProps {
  /** Name of the service it belongs to: names the instance, the database in it and its log groups. */
  readonly name: string;
  /** How large; the environment says what that means in instances and storage. */
  readonly size: Size;
  /** Where it stands: facts of the network. */
  readonly network: Pick<ContractFacts<typeof networkContract.fields>, "vpcId" | "vpcCidr" | "intraSubnetIds">;
  /** Security group of the pods, the only place connections may come from. */
  readonly clusterSecurityGroupId: string;
  /** PostgreSQL major version. A later one is a migration, never done by itself. @default "17" */
  readonly engineVersion?: PostgresVersion;
}

/**
 * A PostgreSQL database on RDS for one service. Encrypted with a key of its own (checkov CKV_AWS_16, CKV_AWS_354), in
 * subnets without a way out, reached by TLS only, with backups and point-in-time recovery as far as the environment
 * says. The master password is made, kept and rotated by RDS and appears in no state; workloads sign in by IAM.
 *
 * Nothing can connect until it is granted: the first grant opens the port, each grant permits exactly one user. Publishes
 * `database-<name>@1`, by which other services' stacks find it.
 * Where the environment is protected, neither OpenTofu nor AWS deletes it. Before it goes elsewhere, a last snapshot is
 * taken as `<identifier>-final`.
 *
 * Cost: the instance (twice when highly available) by the hour, storage and backups by size, a key monthly.
 *
 * @throws PavedError PVD1006, PVD1007, PVD1008 when a name derived from `name` does not fit, PVD1017 for an unknown size
 */
export class Database extends Construct {
  /**
   * The database of another service, found by its contract, to read from. Wrong names are PVD1011 at synth. The workload
   * finds it by `<NAME>_DATABASE_HOST` and the like.
   */
  static fromName(scope: Construct, name: string): Pick<Database, "grantReadOnly"> {
    const facts = consume(scope, databaseContract(name));
    const prefix = `${name.toUpperCase().replaceAll("-", "_")}_DATABASE`;
    const { environment } = stackOf(scope);
    return {
      grantReadOnly: (workload) => grantAccess({ ...facts, service: name, prefix }, workload, "read-only", environment),
    };
  }

  /** RDS instance identifier, `<name>-<environment>`. */
  readonly identifier: string;
  /** Name of the database in the instance. Ends in `_db`, so that no service name is a reserved word. */
  readonly databaseName: string;
  readonly host: string;
  readonly port = PORT;
  /** Secret that RDS keeps the master user's password in. */
  readonly masterSecretArn: string;
  /** Key that everything of it is encrypted with, the master password too. */
  readonly keyArn: string;
  readonly securityGroupId: string;
  private readonly environment: Environment;
  private readonly instance: DbInstance;
  private readonly grants = new Map<Grantee, DatabaseGrant>();

  constructor(
    scope: Construct,
    id: string,
    private readonly props: DatabaseProps,
  ) {
    super(scope, id);
    recordOrigin(this);
    this.environment = stackOf(this).environment;
    this.identifier = deriveName("RDS identifier", [props.name, this.environment.name], this.node.path);
    this.databaseName = deriveName("PostgreSQL name", [props.name.replaceAll("-", "_"), "db"], this.node.path);
    const key = this.createKey();
    this.keyArn = key.arn;
    const firewall = this.createFirewall();
    this.securityGroupId = firewall.id;
    this.instance = this.createInstance(key, this.createMonitoringRole(), this.keepLogs(key));
    this.host = this.instance.address;
    this.masterSecretArn = this.instance.masterUserSecret.get(0).secretArn;
    const { host, databaseName } = this;
    publish(this, databaseContract(props.name), { host, databaseName, resourceId: this.instance.resourceId });
  }

  /**
   * Lets the workload read and write, as a user of its own. Granted again, it changes nothing.
   * @returns the grant, with the user to sign in as
   * @throws PavedError PVD1025 when the workload has read-only access already: it signs in as one user
   */
  grantReadWrite(workload: Grantee): DatabaseGrant {
    return this.grant(workload, "read-write");
  }

  /**
   * Lets the workload read, as a user of its own. Granted again, it changes nothing.
   * @returns the grant, with the user to sign in as
   * @throws PavedError PVD1025 when the workload may write already: it signs in as one user
   */
  grantReadOnly(workload: Grantee): DatabaseGrant {
    return this.grant(workload, "read-only");
  }

  private grant(workload: Grantee, access: DatabaseAccess): DatabaseGrant {
    const known = this.grants.get(workload);
    if (known !== undefined) return this.sameGrant(known, workload, access);
    if (this.grants.size === 0) this.openPort();
    const { host, databaseName, environment } = this;
    const { resourceId } = this.instance;
    const database = { service: this.props.name, host, databaseName, resourceId, prefix: "DATABASE" };
    const grant = grantAccess(database, workload, access, environment);
    this.grants.set(workload, grant);
    return grant;
  }

  private sameGrant(known: DatabaseGrant, workload: Grantee, access: DatabaseAccess): DatabaseGrant {
    if (known.access === access) return known;
    throw new PavedError({
      code: "PVD1025",
      where: this.node.path,
      source: originOf(this),
      got: `${workload.identity.name} granted ${access} after ${known.access}`,
      want: "one kind of access for a workload, since it signs in as one user",
      fix: "keep the read-write grant only, or give reading to a workload of its own",
    });
  }

  private openPort(): void {
    new VpcSecurityGroupIngressRule(this, "from-pods", {
      securityGroupId: this.securityGroupId,
      referencedSecurityGroupId: this.props.clusterSecurityGroupId,
      ipProtocol: "tcp",
      fromPort: PORT,
      toPort: PORT,
      description: "PostgreSQL from pods of granted workloads",
    });
  }

  private createKey(): EncryptionKey {
    return new EncryptionKey(this, "key", {
      description: `Database ${this.identifier}`,
      alias: `database-${this.props.name}`,
      services: [`logs.${this.environment.region}.amazonaws.com`],
    });
  }

  /** Without a rule, nothing gets in and nothing out; grants add the way in. */
  private createFirewall(): SecurityGroup {
    return new SecurityGroup(this, "firewall", {
      name: deriveName("security group", ["paved", this.identifier, "database"], this.node.path),
      description: `Who may connect to the database ${this.identifier}`,
      vpcId: this.props.network.vpcId,
    });
  }

  private createMonitoringRole(): ServiceRole {
    const { region, account } = this.environment;
    return new ServiceRole(this, "monitoring", {
      name: `${this.props.name}-database`,
      description: `Lets RDS report what ${this.identifier} does`,
      service: "monitoring.rds.amazonaws.com",
      conditions: {
        StringEquals: {
          "aws:SourceAccount": account,
          "aws:SourceArn": `arn:aws:rds:${region}:${account}:db:${this.identifier}`,
        },
      },
      managedPolicies: { permissions: "service-role/AmazonRDSEnhancedMonitoringRole" },
    });
  }

  private keepLogs(key: EncryptionKey): LogGroup[] {
    return LOG_KINDS.map(
      (kind) =>
        new LogGroup(this, `logs-${kind}`, {
          name: `/aws/rds/instance/${this.identifier}/${kind}`,
          retentionDays: this.environment.cluster.logRetentionDays,
          key,
        }),
    );
  }

  private createInstance(key: EncryptionKey, monitoring: ServiceRole, logs: readonly LogGroup[]): DbInstance {
    const { database, protected: kept } = this.environment;
    const size = this.size();
    const version = this.props.engineVersion ?? DEFAULT_POSTGRES_VERSION;
    const dependsOn: ITerraformDependable[] = [...monitoring.ready, ...logs.map((group) => group.resource)];
    return new DbInstance(this, "instance", {
      ...ALWAYS,
      ...encryptedWith(key),
      identifier: this.identifier,
      finalSnapshotIdentifier: deriveName("RDS identifier", [this.identifier, "final"], this.node.path),
      dbName: this.databaseName,
      engineVersion: version,
      instanceClass: size.instanceClass,
      allocatedStorage: size.storageGiB,
      maxAllocatedStorage: size.maxStorageGiB,
      parameterGroupName: this.createParameterGroup(version).name,
      dbSubnetGroupName: this.createSubnetGroup().name,
      vpcSecurityGroupIds: [this.securityGroupId],
      multiAz: database.highlyAvailable,
      backupRetentionPeriod: database.backupRetentionDays,
      monitoringRoleArn: monitoring.arn,
      deletionProtection: kept,
      lifecycle: statefulLifecycle(this.environment),
      dependsOn,
    });
  }

  private size(): Environment["database"]["sizes"][Size] {
    if (SIZES.includes(this.props.size)) return this.environment.database.sizes[this.props.size];
    throw new PavedError({
      code: "PVD1017",
      where: this.node.path,
      source: originOf(this),
      got: JSON.stringify(this.props.size),
      want: `one of ${SIZES.join(", ")}`,
      fix: didYouMean(String(this.props.size), SIZES),
    });
  }

  private createParameterGroup(version: PostgresVersion): DbParameterGroup {
    return new DbParameterGroup(this, "parameters", {
      // A later major version needs a group of its own beside the old one, hence the version in the name.
      name: deriveName("RDS parameter group", [this.identifier, `postgres${version}`], this.node.path),
      family: `postgres${version}`,
      description: `Settings of the database ${this.identifier}`,
      parameter: parameters(),
      lifecycle: { createBeforeDestroy: true },
    });
  }

  private createSubnetGroup(): DbSubnetGroup {
    return new DbSubnetGroup(this, "subnets", {
      name: this.identifier,
      description: `Subnets of the database ${this.identifier}`,
      subnetIds: [...this.props.network.intraSubnetIds],
    });
  }
}
