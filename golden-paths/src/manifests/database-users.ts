import { createHash } from "node:crypto";
import type { Environment, ServiceMetadata } from "@paved/model";
import { accessSql, DATABASE_ACCESS_NAMESPACE, databaseAuthority, type DatabaseUser } from "@paved/modules";
import { Job } from "kubernetes-models/batch/v1/Job";
import type { IIoK8sApiBatchV1JobSpec as JobSpec } from "kubernetes-models/batch/v1/JobSpec";
import { ConfigMap } from "kubernetes-models/v1/ConfigMap";
import type { IIoK8sApiCoreV1Container as Container } from "kubernetes-models/v1/Container";
import { type Manifest, rendered } from "./manifest";
import { CONTAINER_SECURITY, POD_SECURITY } from "./pod";

/** What makes the users of a database: who reads the master password, and who speaks PostgreSQL. */
const IMAGES = {
  // AWS CLI 2.35.11
  aws: "public.ecr.aws/aws-cli/aws-cli@sha256:749bfaf91d690b9a1768083822d620f96c19defdf9ca2dc227eb3695281fda5b",
  // PostgreSQL 17.6
  postgres:
    "public.ecr.aws/docker/library/postgres@sha256:00bc86618629af00d2937fdc5a5d63db3ff8450acf52f0636ec813c7f4902929",
} as const;

/** Label of the pods of all such jobs, by which they are let out to databases. */
export const DATABASE_USERS = "database-users";

const PASSWORD = "/run/master/secret.json";
const READ_PASSWORD = `aws secretsmanager get-secret-value --secret-id "$MASTER_SECRET_ARN" --query SecretString --output text > ${PASSWORD}`;

/**
 * Reads a field of the secret, which is one line of JSON. RDS makes passwords without quotes; what else JSON escapes
 * (`\\u003d` for `=`) `printf` turns back.
 */
export const READ_FIELD = `field() { printf '%b' "$(sed -nE "s/.*\\"$1\\" *: *\\"([^\\"]*)\\".*/\\\\1/p" "$2")"; }`;

const MAKE_USERS = [
  READ_FIELD,
  `PGUSER="$(field username ${PASSWORD})" PGPASSWORD="$(field password ${PASSWORD})"`,
  "export PGUSER PGPASSWORD",
  "exec psql --no-psqlrc --no-password --single-transaction --set=ON_ERROR_STOP=1 --file=/etc/paved/users/users.sql",
].join("\n");

/** Whose database, and who is to have which access to it. */
export interface DatabaseUsersFacts {
  /** Construct path, named in errors. */
  readonly where: string;
  readonly environment: Environment;
  readonly service: ServiceMetadata;
  /** Name of the database in its instance. */
  readonly databaseName: string;
  readonly users: readonly DatabaseUser[];
}

/**
 * The job that makes the users of a service's database, and the SQL that it runs. It is another job whenever the SQL or the
 * job itself changes, since what a job runs cannot be changed; Argo CD then removes the former one. It stands in the
 * platform's namespace, where no team's pod is.
 */
export function databaseUsersJob(facts: DatabaseUsersFacts): readonly Manifest[] {
  const name = `${facts.service.name}-${DATABASE_USERS}`;
  const sql = accessSql(facts.databaseName, facts.users);
  const map = new ConfigMap({
    metadata: metadata(facts, name),
    data: { "users.sql": sql, "ca.pem": databaseAuthority(facts.environment.region) },
  });
  const job = jobSpec(facts, name);
  const version = createHash("sha256").update(sql).update(JSON.stringify(job)).digest("hex").slice(0, 10);
  const model = new Job({ metadata: metadata(facts, `${name}-${version}`), spec: job });
  return [rendered(map, facts.where), rendered(model, facts.where)];
}

/** How often it is tried, with growing pauses up to six minutes: a database takes a quarter of an hour to come up. */
const TRIES = 8;

function jobSpec(facts: DatabaseUsersFacts, name: string): JobSpec {
  const tmp = { name: "tmp", mountPath: "/tmp" };
  const master = { name: "master", mountPath: "/run/master" };
  const settings = [{ configMapRef: { name: facts.service.name } }];
  return {
    backoffLimit: TRIES,
    template: {
      metadata: { labels: metadata(facts, name).labels },
      spec: {
        restartPolicy: "Never",
        serviceAccountName: facts.service.name,
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        terminationGracePeriodSeconds: 30,
        securityContext: POD_SECURITY,
        initContainers: [
          {
            ...container("password", IMAGES.aws, ["/bin/sh", "-ec", READ_PASSWORD]),
            envFrom: settings,
            env: [{ name: "HOME", value: "/tmp" }],
            volumeMounts: [tmp, master],
          },
        ],
        containers: [
          {
            ...container("users", IMAGES.postgres, ["/bin/bash", "-euc", MAKE_USERS]),
            envFrom: settings,
            env: [
              { name: "PGSSLMODE", value: "verify-full" },
              { name: "PGSSLROOTCERT", value: "/etc/paved/users/ca.pem" },
              { name: "PGCONNECT_TIMEOUT", value: "10" },
            ],
            volumeMounts: [
              tmp,
              { ...master, readOnly: true },
              { name: "users", mountPath: "/etc/paved/users", readOnly: true },
            ],
          },
        ],
        volumes: [
          { name: "tmp", emptyDir: { sizeLimit: "64Mi" } },
          { name: "master", emptyDir: { medium: "Memory", sizeLimit: "1Mi" } },
          { name: "users", configMap: { name } },
        ],
      },
    },
  };
}

function container(name: string, image: string, command: string[]): Container {
  return {
    name,
    image,
    imagePullPolicy: "Always",
    command,
    resources: {
      requests: { cpu: "50m", memory: "256Mi", "ephemeral-storage": "64Mi" },
      limits: { cpu: "500m", memory: "256Mi", "ephemeral-storage": "256Mi" },
    },
    securityContext: CONTAINER_SECURITY,
  };
}

function metadata({ service }: DatabaseUsersFacts, name: string) {
  return {
    name,
    namespace: DATABASE_ACCESS_NAMESPACE,
    labels: {
      "app.kubernetes.io/name": DATABASE_USERS,
      "app.kubernetes.io/part-of": service.name,
      "app.kubernetes.io/managed-by": "paved",
      "backstage.io/kubernetes-id": service.name,
      "paved.dev/owner": "platform",
      "paved.dev/tier": String(service.tier),
    },
  };
}
