import { defineNamed } from "./named";

export const s3Bucket = defineNamed({
  type: "aws_s3_bucket",
  by: "bucket",
  absent: (name) =>
    `reading S3 Bucket (${name}): operation error S3: HeadBucket, https response error StatusCode: 404, api error NotFound: Not Found`,
});
