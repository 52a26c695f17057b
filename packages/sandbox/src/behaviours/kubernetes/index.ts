import type { Behaviour } from "../define";
import { configMap } from "./config-map";
import { defaultServiceAccount } from "./default-service-account";
import { limitRange } from "./limit-range";
import { namespace } from "./namespace";
import { networkPolicy } from "./network-policy";
import { resourceQuota } from "./resource-quota";
import { role } from "./role";
import { roleBinding } from "./role-binding";
import { secret } from "./secret";
import { serviceAccount } from "./service-account";

/** The Kubernetes types whose behaviour is written down. */
export const kubernetesBehaviours: readonly Behaviour[] = [
  configMap,
  defaultServiceAccount,
  limitRange,
  namespace,
  networkPolicy,
  resourceQuota,
  role,
  roleBinding,
  secret,
  serviceAccount,
];
