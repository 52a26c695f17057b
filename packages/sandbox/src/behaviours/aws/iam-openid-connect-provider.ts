import { awsRefusal, type Check, defineBehaviour, unique } from "../define";

const WORDS = { doing: "creating IAM OIDC Provider", call: "IAM: CreateOpenIDConnectProvider" };

const urlIsIssuer: Check = (it) => {
  const url = it.text("url");
  if (url === undefined || /^https:\/\/[^\s?#]+$/.test(url)) return;
  const message = `Invalid Open ID Connect Provider URL: ${url}`;
  const fix = "Write the issuer's address: https, without a query.";
  throw awsRefusal(it, { ...WORDS, code: "InvalidInput", message, fix, path: "url" });
};

export const iamOpenidConnectProvider = defineBehaviour({
  type: "aws_iam_openid_connect_provider",
  id: (it) => it.arn("iam", `oidc-provider/${it.text("url")!.replace(/^https:\/\//, "")}`, ""),
  arn: (it) => it.id,
  replaceOn: ["url"],
  computed: (it) => ({ thumbprint_list: [it.hex(40, it.text("url"))] }),
  validate: [Object.assign(urlIsIssuer, { reads: [{ path: "url" }] })],
  checks: [
    unique(["url"], {
      ...WORDS,
      code: "EntityAlreadyExists",
      message: (it) => `Provider with url ${it.text("url")} already exists.`,
    }),
  ],
});
