import { defineBehaviour, unique } from "../define";
import { isPolicyDocument } from "./iam";
import { topicExists } from "./sns";

const WORDS = { doing: "setting SNS Topic attribute (Policy)", call: "SNS: SetTopicAttributes" };

export const snsTopicPolicy = defineBehaviour({
  type: "aws_sns_topic_policy",
  id: (it) => it.text("arn")!,
  arn: (it) => it.id,
  replaceOn: ["arn"],
  computed: (it) => ({ owner: it.place.account }),
  validate: [
    isPolicyDocument("policy", {
      ...WORDS,
      code: "InvalidParameter",
      message: "Invalid parameter: Policy Error: null",
    }),
  ],
  checks: [
    topicExists("arn", WORDS),
    unique(["arn"], {
      ...WORDS,
      code: "InvalidParameter",
      message: (it) => `The topic ${it.text("arn")} already has a policy`,
      fix: "A topic has one policy, and the last to be written wins: put all statements into it.",
    }),
  ],
});
