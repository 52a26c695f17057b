import { defineService, NodeApi } from "@paved/golden-paths";

const runbook = "https://runbooks.paved.example.com/orders";
const about = { name: "orders", owner: "commerce", tier: 1, onCall: "commerce-primary", runbook } as const;

export default defineService(about, (service) => {
  const orders = new NodeApi(service, "api", { image: "commerce/orders", port: 8080, database: { size: "small" } });
  orders.exposeAt("/orders");
});
