/** An environment as an index has it; production is protected. */
export function environmentEntry(name: string) {
  return {
    name,
    account: "111111111111",
    region: "eu-west-1",
    domain: `${name}.example.com`,
    cidr: "10.10.0.0/16",
    cluster: `arn:aws:eks:eu-west-1:111111111111:cluster/paved-${name}`,
    apiFrom: ["10.250.0.0/20"],
    delivery: { repository: "https://git.example.com/platform", revision: "delivery" },
    protected: name === "production",
    approvals: 0,
  };
}
