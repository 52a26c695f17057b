const repository = { repository: "https://git.example.com/platform", revision: "delivery" };
const syncWindow = { schedule: "0 9 * * 1-5", hours: 8, timeZone: "Europe/Dublin" };

/** An environment as an index has it; production is protected, and synced by itself in a window. */
export function environmentEntry(name: string) {
  const isProduction = name === "production";
  return {
    name,
    account: "111111111111",
    region: "eu-west-1",
    domain: `${name}.example.com`,
    cidr: "10.10.0.0/16",
    cluster: `arn:aws:eks:eu-west-1:111111111111:cluster/paved-${name}`,
    apiFrom: ["10.250.0.0/20"],
    delivery: isProduction ? { ...repository, syncWindow } : repository,
    protected: isProduction,
    approvals: 0,
  };
}
