import type { Rule } from "../rule/rule";
import { chartRules } from "./charts";
import { containerRules } from "./containers";
import { deliveryRules } from "./delivery";
import { ec2Rules } from "./ec2";
import { eksRules } from "./eks";
import { iamRules } from "./iam";
import { keyRules } from "./keys";
import { cacheRules, messagingRules } from "./messaging";
import { namespaceRules } from "./namespaces";
import { podRules } from "./pods";
import { rdsRules } from "./rds";
import { storageRules } from "./storage";
import { trafficRules } from "./traffic";
import { trustRules } from "./trust";
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
  ...trustRules,
  ...keyRules,
  ...webRules,
  ...namespaceRules,
  ...chartRules,
  ...podRules,
  ...containerRules,
  ...workloadRules,
  ...trafficRules,
  ...deliveryRules,
].toSorted((one, other) => one.id.localeCompare(other.id, "en"));
