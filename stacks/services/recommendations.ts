import { defineService, NodeApi } from "@paved/golden-paths";
import catalog from "./catalog";

const runbook = "https://runbooks.paved.example.com/recommendations";
const about = { name: "recommendations", owner: "growth", tier: 3, onCall: "growth-primary", runbook } as const;

export default defineService(about, (service) => {
  const api = new NodeApi(service, "api", {
    image: "growth/recommendations",
    port: 8080,
    size: "large",
    config: { MODEL: "popular-v2" },
  });
  api.allowFrom(catalog);
});
