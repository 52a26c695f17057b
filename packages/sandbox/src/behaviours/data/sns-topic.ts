import { defineNamed } from "./named";

export const snsTopic = defineNamed({
  type: "aws_sns_topic",
  by: "name",
  absent: (name) => `reading SNS Topic (${name}): empty result`,
});
