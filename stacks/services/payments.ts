import { defineService, NodeApi } from "@paved/golden-paths";
import orders from "./orders";

const runbook = "https://runbooks.paved.example.com/payments";
const about = { name: "payments", owner: "payments", tier: 1, onCall: "payments-primary", runbook } as const;

export default defineService(about, (service) => {
  const payments = new NodeApi(service, "api", {
    image: "payments/payments",
    port: 8080,
    database: { size: "medium" },
    topic: true,
    secrets: ["stripe-api-key", "webhook-signing-key"],
    internet: true,
    environments: { production: { size: "medium", scale: { min: 4, max: 20 }, database: { size: "large" } } },
  });
  payments.allowFrom(orders);
  service.shareWith("fulfilment", "notifications");
});
