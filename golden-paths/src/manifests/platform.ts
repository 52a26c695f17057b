import { GATEWAY_NAMESPACE } from "@paved/modules";

/** Where routes attach: the environment's one public gateway. */
export const GATEWAY = { name: "public", namespace: GATEWAY_NAMESPACE } as const;

/** Where secrets come from: the store that reads Secrets Manager below `paved/<environment>/`. */
export const SECRET_STORE = { kind: "ClusterSecretStore", name: "secrets-manager" } as const;

/** How KEDA looks at the length of queues: with its own cloud identity. */
export const QUEUE_READER = { kind: "ClusterTriggerAuthentication", name: "queue-reader" } as const;
