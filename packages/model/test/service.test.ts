import { parseReleases, parseServiceMetadata, systemOf } from "../src";

const orders = {
  name: "orders",
  owner: "commerce",
  tier: 1,
  onCall: "commerce-primary",
  runbook: "https://runbooks.example.com/orders",
};

test("complete metadata passes as it is", () => {
  expect(parseServiceMetadata(orders, "orders.ts")).toEqual(orders);
});

test("a service is part of the system it names, or else of its owner's", () => {
  expect(systemOf(orders)).toBe("commerce");
  expect(systemOf(parseServiceMetadata({ ...orders, system: "shop", description: "Takes orders." }, "orders.ts"))).toBe(
    "shop",
  );
});

test.each(["name", "owner", "tier", "onCall", "runbook"])("fails with PVD1005 without %s", (field) => {
  expect(() => parseServiceMetadata({ ...orders, [field]: undefined }, "stacks/services/orders.ts")).toThrow(
    new RegExp(`^PVD1005 stacks/services/orders.ts ${field}: got nothing`),
  );
});

test.each([
  ["name", "Orders"],
  ["name", "orders-"],
  ["owner", ""],
  ["tier", 4],
  ["onCall", "the platform team"],
  ["runbook", "http://runbooks.example.com"],
  ["runbook", "javascript:alert(1)"],
  ["description", ""],
  ["description", "two\nlines"],
  ["description", "x".repeat(201)],
  ["system", "The Shop"],
])("fails with PVD1005 when %s is %p", (field, value) => {
  expect(() => parseServiceMetadata({ ...orders, [field]: value }, "orders.ts")).toThrow(/^PVD1005 orders.ts/);
});

test.each(["default", "kube-system", "kube-anything", "argocd", "gateway", "monitoring", "network", "platform"])(
  "fails with PVD1005 when a service is called %s, as Kubernetes or the platform is",
  (name) => {
    expect(() => parseServiceMetadata({ ...orders, name }, "stacks/services/x.ts")).toThrow(
      `PVD1005 stacks/services/x.ts name: got "${name}", want a name that neither Kubernetes nor the platform has for itself`,
    );
  },
);

test.each(["defaults", "kubernetes", "networks"])("a service may be called %s", (name) => {
  expect(parseServiceMetadata({ ...orders, name }, "orders.ts").name).toBe(name);
});

test("fails with PVD1005 on a field that does not exist, naming it", () => {
  expect(() => parseServiceMetadata({ ...orders, ower: "x" }, "orders.ts")).toThrow(/got ower, want only name/);
});

test.each([null, undefined, "orders", 5])(
  "fails with PVD1005 on %j in place of metadata, in words of its own",
  (data) => {
    expect(() => parseServiceMetadata(data, "orders.ts")).toThrow(
      /^PVD1005 orders\.ts: got .+, want an object with name, owner, tier, onCall and runbook; set them in orders\.ts$/,
    );
  },
);

test.each(["name", "owner", "tier", "onCall", "runbook", "description", "system"])(
  "what is wrong with %s is said in words of its own",
  (field) => {
    for (const value of [null, 5, {}, []])
      expect(() => parseServiceMetadata({ ...orders, [field]: value }, "orders.ts")).toThrow(
        /^(?!.*Invalid input)PVD1005 /,
      );
  },
);

test("all wrong fields are named at once", () => {
  expect(() => parseServiceMetadata({}, "orders.ts")).toThrow(/name.*\n.*owner.*\n.*tier.*\n.*onCall.*\n.*runbook/);
});

test("a digest is a release", () => {
  const digest = `sha256:${"0".repeat(64)}`;
  expect(parseReleases({ orders: digest }, "releases.json")).toEqual({ orders: digest });
});

test.each(["latest", "sha256:abc", `sha256:${"0".repeat(63)}G`, 5])(
  "fails with PVD1020 when a release is %p",
  (digest) => {
    expect(() => parseReleases({ orders: digest }, "environments/dev/releases.json")).toThrow(
      /^PVD1020 environments\/dev\/releases.json orders/,
    );
  },
);
