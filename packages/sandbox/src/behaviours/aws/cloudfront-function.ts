import { awsRefusal, type Check, defineBehaviour, unique } from "../define";
import { CACHE_BEHAVIOURS, cloudfrontArn, cloudfrontId, notOfDistribution } from "./cloudfront";

const WORDS = { doing: "creating CloudFront Function", call: "CloudFront: CreateFunction" };
const RUNTIMES = ["cloudfront-js-1.0", "cloudfront-js-2.0"];
const LARGEST_BYTES = 10_240;

const nameIsAllowed: Check = (it) => {
  const name = it.text("name");
  if (name === undefined || /^[\w-]{1,64}$/.test(name)) return;
  const message = `The parameter Name is invalid: ${name}`;
  const fix = "Use 1 to 64 letters, digits, '-' and '_'.";
  throw awsRefusal(it, { ...WORDS, code: "InvalidArgument", message, fix, path: "name" });
};

const runtimeIsOffered: Check = (it) => {
  const runtime = it.text("runtime");
  if (runtime === undefined || RUNTIMES.includes(runtime)) return;
  const message = `The parameter Runtime is invalid: ${runtime}`;
  const fix = `Use ${RUNTIMES.join(" or ")}.`;
  throw awsRefusal(it, { ...WORDS, code: "InvalidArgument", message, fix, path: "runtime" });
};

const codeIsSmall: Check = (it) => {
  const bytes = Buffer.byteLength(it.text("code") ?? "");
  if (bytes <= LARGEST_BYTES) return;
  const message = `The function's code has ${bytes} bytes, more than the ${LARGEST_BYTES} that are allowed.`;
  const fix = "Shorten the code: comments and long names count as well.";
  throw awsRefusal(it, { ...WORDS, code: "FunctionSizeLimitExceeded", message, fix, path: "code" });
};

export const cloudfrontFunction = defineBehaviour({
  type: "aws_cloudfront_function",
  id: (it) => it.text("name")!,
  arn: (it) => cloudfrontArn(it, `function/${it.id}`),
  defaults: { publish: true },
  replaceOn: ["name"],
  recompute: {
    etag: ["code", "comment", "key_value_store_associations", "runtime"],
    live_stage_etag: ["code", "comment", "key_value_store_associations", "publish", "runtime"],
    status: ["publish"],
  },
  computed: (it) => {
    const content = `${it.text("code")}|${it.text("comment")}|${it.text("runtime")}`;
    const isLive = it.isTrue("publish");
    return {
      etag: cloudfrontId(it, `development ${content}`),
      live_stage_etag: isLive ? cloudfrontId(it, `live ${content}`) : "",
      status: isLive ? "UNASSOCIATED" : "UNPUBLISHED",
    };
  },
  validate: [nameIsAllowed, runtimeIsOffered, codeIsSmall],
  checks: [
    unique(["name"], {
      ...WORDS,
      code: "FunctionAlreadyExists",
      message: () => "A function with the same name already exists in this AWS account.",
    }),
  ],
  canDelete: [
    notOfDistribution(
      CACHE_BEHAVIOURS.map((behaviour) => `${behaviour}.function_association.function_arn`),
      "arn",
      { what: "Function", call: "CloudFront: DeleteFunction", code: "FunctionInUse" },
    ),
  ],
});
