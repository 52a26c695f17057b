import { defineService, NodeApi } from "@paved/golden-paths";

const runbook = "https://runbooks.paved.example.com/catalog";
const about = { name: "catalog", owner: "growth", tier: 2, onCall: "growth-primary", runbook } as const;

export default defineService(about, (service) => {
  const catalog = new NodeApi(service, "api", { image: "growth/catalog", port: 8080, size: "medium" });
  catalog.exposeAt("/catalog");
  catalog.exposeAt("/search");
});
