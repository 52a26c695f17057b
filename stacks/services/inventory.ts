import { defineService, NodeApi } from "@paved/golden-paths";
import catalog from "./catalog";
import orders from "./orders";

const runbook = "https://runbooks.paved.example.com/inventory";
const about = { name: "inventory", owner: "commerce", tier: 2, onCall: "commerce-primary", runbook } as const;

export default defineService(about, (service) => {
  const inventory = new NodeApi(service, "api", {
    image: "commerce/inventory",
    port: 8080,
    database: { size: "small" },
  });
  inventory.allowFrom(orders);
  inventory.allowFrom(catalog);
});
