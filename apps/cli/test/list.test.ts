import { listServices } from "../src/commands/list";
import { index } from "./sample-fleet";

test("a service is listed with its environments, and with whether an image is released there", () => {
  const releases = { dev: { orders: `sha256:${"0".repeat(64)}` }, production: {} } as const;
  const [orders] = listServices(index, index.environments, (name) => releases[name as keyof typeof releases]);
  expect(orders).toMatchObject({
    name: "orders",
    owner: "commerce",
    environments: [
      { environment: "dev", stacks: ["dev-orders"], released: true },
      { environment: "production", stacks: ["production-orders"], released: false },
    ],
  });
});

test("environments that are not asked for are left out", () => {
  const [orders] = listServices(index, ["production"], () => ({}));
  expect(orders?.environments.map(({ environment }) => environment)).toEqual(["production"]);
});
