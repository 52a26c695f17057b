import { type Complaint, OUTSIDE_WAIVERS, sortByWaiver, type Waiver } from "../src";

const complaint = (environment: string, rule = "CKV_AWS_157"): Complaint => ({
  judge: "checkov plan",
  rule,
  kind: "aws_db_instance",
  subject: "aws_db_instance.it",
  environment,
});
const sorted = (complaints: readonly Complaint[], waivers: readonly Waiver[] = OUTSIDE_WAIVERS) =>
  sortByWaiver(complaints, waivers, { judges: ["checkov plan"], protectedEnvironments: new Set(["production"]) });

test.each(["CKV_AWS_157", "CKV_AWS_293"])("%s of a database is waived only where data is not protected", (rule) => {
  const { standing, waived } = sorted([complaint("dev", rule), complaint("production", rule)]);
  expect(waived.map((one) => one.complaint.environment)).toEqual(["dev"]);
  expect(standing.map(({ environment }) => environment)).toEqual(["production"]);
});

test("a waiver that says nothing of protection holds everywhere, and one that holds for nothing is told", () => {
  const everywhere = { judge: "checkov plan", rule: "X", reason: "", owner: "", expires: "" } as const;
  const needless = { ...everywhere, rule: "Y" };
  const { standing, unused } = sorted([complaint("production", "X")], [everywhere, needless]);
  expect({ standing, unused }).toEqual({ standing: [], unused: [needless] });
});
