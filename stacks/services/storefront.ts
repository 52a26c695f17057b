import { defineService, ReactFrontend } from "@paved/golden-paths";

const runbook = "https://runbooks.paved.example.com/storefront";
const about = { name: "storefront", owner: "growth", tier: 1, onCall: "growth-primary", runbook } as const;

export default defineService(about, (service) => {
  new ReactFrontend(service, "site", { host: "shop" });
});
