import { isEmpty, isObject, type Value, type ValueObject } from "../../values/value";
import { awsRefusal, type Check, defineBehaviour } from "../define";
import type { Instance } from "../instance";
import { bucketExists, bucketPartId, oneABucket, ownerIsExpected } from "./s3-bucket-part";

const WORDS = {
  doing: "creating S3 Bucket Lifecycle Configuration",
  call: "S3: PutBucketLifecycleConfiguration",
};

const ACTIONS = [
  "abort_incomplete_multipart_upload",
  "expiration",
  "noncurrent_version_expiration",
  "noncurrent_version_transition",
  "transition",
];

/** Days that an object must have been there before it may go to the classes for what is seldom read. */
const INFREQUENT_DAYS = 30;
const INFREQUENT_CLASSES = ["ONEZONE_IA", "STANDARD_IA"];

function rulesOf(it: Instance): ValueObject[] {
  const rules = it.get("rule");
  return Array.isArray(rules) ? rules.filter(isObject) : [];
}

function refuse(it: Instance, code: string, message: string, fix: string): never {
  throw awsRefusal(it, { ...WORDS, code, message, fix, path: "rule" });
}

const hasRules: Check = (it) => {
  // Generated blocks are unknown until the run.
  if (!Array.isArray(it.get("rule"))) return;
  const rules = rulesOf(it);
  if (rules.length === 0) refuse(it, "MalformedXML", "at least one rule is required", "Add a rule.");
  const ids = rules.map(({ id }) => id).filter((id) => typeof id === "string");
  if (new Set(ids).size === ids.length) return;
  const message = "Rule ID must be unique. Found same ID for more than one rule";
  refuse(it, "InvalidArgument", message, "Give each rule an id of its own.");
};

const rulesDoSomething: Check = (it) => {
  for (const rule of rulesOf(it)) {
    const { id, status } = rule;
    if (typeof status === "string" && !["Disabled", "Enabled"].includes(status))
      refuse(it, "MalformedXML", `the status of rule ${id as string} is ${status}`, "Use Enabled or Disabled.");
    if (ACTIONS.some((action) => !isEmpty(rule[action]))) continue;
    const fix = `Give the rule ${id as string} one of ${ACTIONS.join(", ")}, or leave it out.`;
    refuse(it, "InvalidRequest", "At least one action needs to be specified in a rule", fix);
  }
};

const transitionsAreLateEnough: Check = (it) => {
  const transitions = rulesOf(it).flatMap(({ transition }): Value[] => (Array.isArray(transition) ? transition : []));
  for (const { days, storage_class: storage } of transitions.filter(isObject)) {
    if (typeof days !== "number" || days >= INFREQUENT_DAYS || !INFREQUENT_CLASSES.includes(storage as string))
      continue;
    const message = `'Days' in Transition action must be greater than or equal to ${INFREQUENT_DAYS} for storageClass '${storage as string}'`;
    refuse(it, "InvalidArgument", message, `Set days to ${INFREQUENT_DAYS} or more.`);
  }
};

export const s3BucketLifecycleConfiguration = defineBehaviour({
  type: "aws_s3_bucket_lifecycle_configuration",
  id: bucketPartId,
  defaults: {
    transition_default_minimum_object_size: "all_storage_classes_128K",
    "rule.prefix": "",
    "rule.expiration.days": 0,
    "rule.expiration.expired_object_delete_marker": false,
    "rule.filter.object_size_greater_than": null,
    "rule.filter.object_size_less_than": null,
    "rule.filter.and.object_size_greater_than": 0,
    "rule.filter.and.object_size_less_than": 0,
    "rule.filter.and.prefix": "",
    "rule.transition.days": 0,
  },
  replaceOn: ["bucket", "expected_bucket_owner"],
  computed: () => ({ expected_bucket_owner: "" }),
  validate: [hasRules, rulesDoSomething, transitionsAreLateEnough],
  checks: [bucketExists(WORDS), ownerIsExpected(WORDS), oneABucket("lifecycle configuration", WORDS)],
});
