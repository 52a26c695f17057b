import type { Rule } from "../rule/rule";
import { accountRules } from "./accounts";
import { argoCdRules } from "./argo-cd";
import { cacheRules } from "./caches";
import { chartRules } from "./charts";
import { containerRules } from "./containers";
import { deliveryRules } from "./delivery";
import { ec2Rules } from "./ec2";
import { eksRules } from "./eks";
import { iamRules } from "./iam";
import { imageRules } from "./images";
import { messagingRules } from "./messaging";
import { pipelineRoleRules } from "./pipeline-roles";
import { fluxRules } from "./flux";
import { keyRules } from "./keys";
import { namespaceRules } from "./namespaces";
import { gatewayRules } from "./gateways";
import { networkRules } from "./networks";
import { nodeRules } from "./nodes";
import { observabilityRules } from "./observability";
import { podRules } from "./pods";
import { podSurfaceRules } from "./pod-surface";
import { rbacRules } from "./rbac";
import { rdsLifeRules } from "./rds-life";
import { rdsParameterRules } from "./rds-parameters";
import { releaseRules } from "./helm-releases";
import { rdsRules } from "./rds";
import { rootRules } from "./roots";
import { stackRules } from "./stacks";
import { settingRules } from "./settings";
import { siteRules } from "./sites";
import { storageRules } from "./storage";
import { trafficRules } from "./traffic";
import { trustRules } from "./trust";
import { webRules } from "./web";
import { workloadRules } from "./workloads";

/** All guard-rails on the final output, ordered by id. */
export const rules: readonly Rule[] = [
  ...eksRules,
  ...nodeRules,
  ...ec2Rules,
  ...networkRules,
  ...rdsRules,
  ...rdsParameterRules,
  ...rdsLifeRules,
  ...messagingRules,
  ...cacheRules,
  ...storageRules,
  ...imageRules,
  ...iamRules,
  ...pipelineRoleRules,
  ...siteRules,
  ...trustRules,
  ...keyRules,
  ...webRules,
  ...namespaceRules,
  ...rbacRules,
  ...releaseRules,
  ...chartRules,
  ...podRules,
  ...podSurfaceRules,
  ...settingRules,
  ...containerRules,
  ...workloadRules,
  ...observabilityRules,
  ...trafficRules,
  ...gatewayRules,
  ...deliveryRules,
  ...stackRules,
  ...rootRules,
  ...accountRules,
  ...argoCdRules,
  ...fluxRules,
].toSorted((one, other) => one.id.localeCompare(other.id, "en"));
