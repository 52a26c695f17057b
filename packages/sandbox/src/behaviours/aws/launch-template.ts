import { defineBehaviour, unique } from "../define";

const WORDS = { doing: "creating EC2 Launch Template", call: "EC2: CreateLaunchTemplate" };

/** Changing one of these makes a new version; tags and the default version do not. */
const CONTENT = [
  "block_device_mappings",
  "description",
  "ebs_optimized",
  "iam_instance_profile",
  "image_id",
  "instance_requirements",
  "instance_type",
  "key_name",
  "metadata_options",
  "monitoring",
  "network_interfaces",
  "placement",
  "tag_specifications",
  "user_data",
  "vpc_security_group_ids",
];

export const launchTemplate = defineBehaviour({
  type: "aws_launch_template",
  id: (it) => it.ec2Id("lt"),
  arn: (it) => it.arn("ec2", `launch-template/${it.id}`),
  replaceOn: ["name", "name_prefix"],
  recompute: { latest_version: CONTENT, default_version: ["update_default_version", ...CONTENT] },
  computed: (it) => {
    const latest = it.number("latest_version") ?? (it.prior?.number("latest_version") ?? 0) + 1;
    const isDefault = it.prior === undefined || it.isTrue("update_default_version");
    const http = {
      http_endpoint: "",
      http_protocol_ipv6: "",
      http_put_response_hop_limit: 0,
      http_tokens: "",
      instance_metadata_tags: "",
    };
    return {
      default_version: isDefault ? latest : (it.prior?.number("default_version") ?? 1),
      latest_version: latest,
      metadata_options: [http],
    };
  },
  checks: [
    unique(["name"], {
      ...WORDS,
      code: "InvalidLaunchTemplateName.AlreadyExistsException",
      message: () => "Launch template name already in use.",
    }),
  ],
});
