import type { Rule } from "../rule/rule";
import { ec2Rules } from "./ec2";
import { eksRules } from "./eks";
import { iamRules } from "./iam";
import { cacheRules, messagingRules } from "./messaging";
import { namespaceRules } from "./namespaces";
import { rdsRules } from "./rds";
import { storageRules } from "./storage";
import { webRules } from "./web";

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
].toSorted((one, other) => one.id.localeCompare(other.id, "en"));
