import { defineService, NodeApi } from "@paved/golden-paths";
import orders from "./orders";
import payments from "./payments";

const runbook = "https://runbooks.paved.example.com/notifications";
const about = { name: "notifications", owner: "growth", tier: 3, onCall: "growth-primary", runbook } as const;

export default defineService(about, (service) => {
  const api = new NodeApi(service, "api", {
    image: "growth/notifications",
    port: 8080,
    secrets: ["smtp-password"],
    internet: true,
    queue: {},
  });
  api.allowFrom(orders);
  api.subscribeTo(payments);
});
