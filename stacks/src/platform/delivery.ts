import {
  DATABASE_USERS,
  GATEWAY,
  GATEWAY_PARAMETERS,
  loadBalancerConfiguration,
  type Manifest,
  QUEUE_READER,
  rendered,
  SECRET_STORE,
  SERVICE_AUTHORITY,
} from "@paved/golden-paths";
import { Certificate } from "@kubernetes-models/cert-manager/cert-manager.io/v1/Certificate";
import { ClusterIssuer } from "@kubernetes-models/cert-manager/cert-manager.io/v1/ClusterIssuer";
import { Gateway } from "@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/Gateway";
import { GatewayClass } from "@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/GatewayClass";
import type { ExternalSecret } from "@kubernetes-models/external-secrets/external-secrets.io/v1/ExternalSecret";
import { ClusterSecretStore } from "@kubernetes-models/external-secrets/external-secrets.io/v1/ClusterSecretStore";
import { ClusterTriggerAuthentication } from "@kubernetes-models/keda/keda.sh/v1alpha1/ClusterTriggerAuthentication";
import { delivererOf, type Environment } from "@paved/model";
import {
  CERT_MANAGER_NAMESPACE,
  DATABASE_ACCESS_NAMESPACE,
  MONITORING_NAMESPACE,
  podSecurityLabels,
  RECEIVERS_SECRET,
  receiverSecrets,
  subnetsOf,
} from "@paved/modules";
import { NetworkPolicy } from "kubernetes-models/networking.k8s.io/v1/NetworkPolicy";
import { Namespace } from "kubernetes-models/v1/Namespace";
import { ServiceAccount } from "kubernetes-models/v1/ServiceAccount";
import { grafanaManifests } from "./grafana";
import { listeners } from "./listeners";
import { platformSecret } from "./secret";

/** Class of gateways that the AWS Load Balancer Controller serves with an application load balancer. */
const GATEWAY_CLASS = { name: "aws-alb", controllerName: "gateway.k8s.aws/alb" } as const;

/**
 * What every service of the environment attaches to, delivered like the services themselves: the public gateway, the
 * store of secrets, the way to look at queues, and the way to Grafana. Custom resources are delivered, never made by OpenTofu, which
 * would need the cluster to plan them. The gateway's namespace is delivered by Argo CD; where Flux delivers, OpenTofu makes it.
 */
export function platformManifests(environment: Environment): readonly Manifest[] {
  const where = `${environment.name} platform delivery`;
  const models = [
    ...(delivererOf(environment) === "flux" ? [] : gatewayNamespace(environment)),
    gatewayClass(),
    gateway(environment),
    secretStore(environment),
    queueReader(),
    databaseUsersReach(environment),
    receivers(environment),
    ...authority(environment),
  ];
  return [
    ...models.map((model) => rendered(model, where)),
    loadBalancerConfiguration(environment),
    ...grafanaManifests(environment, where),
  ];
}

function gatewayNamespace(environment: Environment): readonly (Namespace | ServiceAccount)[] {
  return [namespace(environment), defaultAccount()];
}

function namespace({ cluster }: Environment): Namespace {
  return new Namespace({
    metadata: { name: GATEWAY.namespace, labels: podSecurityLabels("restricted", cluster.version) },
  });
}

/** Kubernetes made it; delivered as well, it gives no pod its token. */
function defaultAccount(): ServiceAccount {
  return new ServiceAccount({
    metadata: { name: "default", namespace: GATEWAY.namespace },
    automountServiceAccountToken: false,
  });
}

/** Days the authority's certificate holds, and its key with it. */
const AUTHORITY_DAYS = 365;
const HOURS_A_DAY = 24;

/**
 * The authority of the environment's services: signed by itself, since nobody outside is to trust it. cert-manager makes
 * its key in the cluster, where it stays. Renewed, the authority keeps its key, so that certificates from before and after
 * are trusted side by side until the last of them is renewed too.
 */
function authority({ name }: Environment): readonly (ClusterIssuer | Certificate)[] {
  const own = `${SERVICE_AUTHORITY.name}-root`;
  return [
    new ClusterIssuer({ metadata: { name: own }, spec: { selfSigned: {} } }),
    new Certificate({
      metadata: { name: SERVICE_AUTHORITY.name, namespace: CERT_MANAGER_NAMESPACE },
      spec: {
        isCA: true,
        commonName: `Services of ${name}`,
        secretName: SERVICE_AUTHORITY.name,
        issuerRef: { group: "cert-manager.io", kind: SERVICE_AUTHORITY.kind, name: own },
        duration: `${AUTHORITY_DAYS * HOURS_A_DAY}h0m0s`,
        renewBefore: `${(AUTHORITY_DAYS * HOURS_A_DAY) / 3}h0m0s`,
        privateKey: { algorithm: "ECDSA", size: 256, rotationPolicy: "Never" },
        usages: ["digital signature", "cert sign", "crl sign"],
      },
    }),
    new ClusterIssuer({
      metadata: { name: SERVICE_AUTHORITY.name },
      spec: { ca: { secretName: SERVICE_AUTHORITY.name } },
    }),
  ];
}

function gatewayClass(): GatewayClass {
  return new GatewayClass({
    metadata: { name: GATEWAY_CLASS.name },
    spec: { controllerName: GATEWAY_CLASS.controllerName },
  });
}

/** The platform stack's certificates are found by the listeners' host names, which is why they name none. */
function gateway(environment: Environment): Gateway {
  return new Gateway({
    metadata: { name: GATEWAY.name, namespace: GATEWAY.namespace },
    spec: {
      gatewayClassName: GATEWAY_CLASS.name,
      infrastructure: { parametersRef: GATEWAY_PARAMETERS },
      listeners: listeners(environment),
    },
  });
}

/** What Alertmanager reaches on-call rotations by. */
function receivers(environment: Environment): ExternalSecret {
  return platformSecret(environment, {
    name: RECEIVERS_SECRET,
    namespace: MONITORING_NAMESPACE,
    data: receiverSecrets(environment),
  });
}

/** Reads Secrets Manager with the controller's own cloud identity, which is bound to this environment's secrets. */
function secretStore(environment: Environment): ClusterSecretStore {
  return new ClusterSecretStore({
    metadata: { name: SECRET_STORE.name },
    spec: { provider: { aws: { service: "SecretsManager", region: environment.region } } },
  });
}

/** KEDA looks at queues with the cloud identity of its own operator, which sees how long they are and nothing in them. */
function queueReader(): ClusterTriggerAuthentication {
  return new ClusterTriggerAuthentication({
    metadata: { name: QUEUE_READER.name },
    spec: { podIdentity: { provider: "aws" } },
  });
}

/** PostgreSQL, and the endpoint of Secrets Manager. */
const DATABASE_PORTS = [5432, 443];

/** Lets what makes the users of databases out to them, and to where their master passwords are. Nobody gets in. */
function databaseUsersReach({ network }: Environment): NetworkPolicy {
  const { intra } = subnetsOf(network.cidr, network.zones.length);
  return new NetworkPolicy({
    metadata: { name: DATABASE_USERS, namespace: DATABASE_ACCESS_NAMESPACE },
    spec: {
      podSelector: { matchLabels: { "app.kubernetes.io/name": DATABASE_USERS } },
      policyTypes: ["Ingress", "Egress"],
      egress: [
        {
          to: intra.map((cidr) => ({ ipBlock: { cidr } })),
          ports: DATABASE_PORTS.map((port) => ({ protocol: "TCP", port })),
        },
      ],
    },
  });
}
