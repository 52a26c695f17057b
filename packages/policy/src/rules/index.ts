import type { Rule } from "../rule/rule";
import { argoCdRules } from "./argo-cd";
import { chartRules } from "./charts";
import { containerRules } from "./containers";
import { deliveryRules } from "./delivery";
import { ec2Rules } from "./ec2";
import { eksRules } from "./eks";
import { iamRules } from "./iam";
import { cacheRules, messagingRules } from "./messaging";
import { namespaceRules } from "./namespaces";
import { gatewayRules } from "./gateways";
import { releaseRules } from "./helm-releases";
import { podRules } from "./pods";
import { rbacRules } from "./rbac";
import { rdsRules } from "./rds";
import { storageRules } from "./storage";
import { trafficRules } from "./traffic";
import { webRules } from "./web";
import { workloadRules } from "./workloads";

/** All guard-rails on the final output, ordered by id. */
export const rules: readonly Rule[] = [
  ...eksRules,
  ...ec2Rules,
  ...rdsRules,
  ...messagingRules,
  ...cacheRules,
  ...storageRules,
  ...iamRules,
  ...webRules,
  ...namespaceRules,
  ...rbacRules,
  ...releaseRules,
  ...chartRules,
  ...podRules,
  ...containerRules,
  ...workloadRules,
  ...trafficRules,
  ...gatewayRules,
  ...deliveryRules,
  ...argoCdRules,
].toSorted((one, other) => one.id.localeCompare(other.id, "en"));
