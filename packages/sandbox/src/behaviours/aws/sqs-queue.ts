import { awsRefusal, type Check, defineBehaviour, unique } from "../define";
import { type Bounds, isWithin } from "./bounds";
import { isJson } from "./json";
import { kmsKeyUsable } from "./kms-key";
import { deadLettersFit } from "./sqs";

const WORDS = { doing: "creating SQS Queue", call: "SQS: CreateQueue" };

const BOUNDS: Readonly<Record<string, Bounds>> = {
  delay_seconds: [0, 900],
  kms_data_key_reuse_period_seconds: [60, 86_400],
  max_message_size: [1024, 1_048_576],
  message_retention_seconds: [60, 1_209_600],
  receive_wait_time_seconds: [0, 20],
  visibility_timeout_seconds: [0, 43_200],
};

const suffixFits: Check = (it) => {
  const name = it.text("name");
  if (name === undefined) return;
  if (name.endsWith(".fifo") === it.isTrue("fifo_queue") && /^[\w-]{1,80}(\.fifo)?$/.test(name)) return;
  const message = `The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length`;
  const fix = it.isTrue("fifo_queue")
    ? "End the name with .fifo."
    : "Leave .fifo out of the name, or set fifo_queue to true.";
  throw awsRefusal(it, { ...WORDS, code: "InvalidParameterValue", message, fix, path: "name" });
};

const deduplicationFits: Check = (it) => {
  if (it.isTrue("fifo_queue") || !it.isTrue("content_based_deduplication")) return;
  const message = "content-based deduplication can only be set for FIFO queue";
  const fix = "Leave out content_based_deduplication, or set fifo_queue to true.";
  const path = "content_based_deduplication";
  throw awsRefusal(it, { ...WORDS, code: "InvalidAttributeName", message, fix, path });
};

export const sqsQueue = defineBehaviour({
  type: "aws_sqs_queue",
  id: (it) => `https://sqs.${it.place.region}.amazonaws.com/${it.place.account}/${it.text("name")}`,
  arn: (it) => it.arn("sqs", it.text("name")!),
  defaults: {
    content_based_deduplication: false,
    delay_seconds: 0,
    fifo_queue: false,
    max_message_size: 262_144,
    message_retention_seconds: 345_600,
    receive_wait_time_seconds: 0,
    visibility_timeout_seconds: 30,
  },
  replaceOn: ["name", "name_prefix", "fifo_queue"],
  computed: (it) => ({
    deduplication_scope: it.isTrue("fifo_queue") ? "queue" : "",
    fifo_throughput_limit: it.isTrue("fifo_queue") ? "perQueue" : "",
    kms_data_key_reuse_period_seconds: 300,
    policy: "",
    redrive_allow_policy: "",
    redrive_policy: "",
    sqs_managed_sse_enabled: it.text("kms_master_key_id") === undefined,
    url: it.id,
  }),
  validate: [
    suffixFits,
    deduplicationFits,
    ...isWithin(BOUNDS, WORDS),
    isJson("redrive_policy", WORDS),
    isJson("redrive_allow_policy", WORDS),
  ],
  checks: [
    kmsKeyUsable("kms_master_key_id", WORDS),
    deadLettersFit("redrive_policy", WORDS, (it) => it.isTrue("fifo_queue")),
    unique(["name"], {
      ...WORDS,
      code: "QueueAlreadyExists",
      message: () => "A queue already exists with the same name and a different value for attributes",
    }),
  ],
});
