import { defineService, deviate, NodeApi } from "@paved/golden-paths";
import catalog from "./catalog";

const runbook = "https://runbooks.paved.example.com/recommendations";
const about = { name: "recommendations", owner: "growth", tier: 3, onCall: "growth-primary", runbook } as const;

const slowStart = {
  rule: "startup-time",
  reason: "The model takes two minutes to load; streaming it in is under way.",
  owner: "growth",
  ticket: "https://tickets.paved.example.com/growth-412",
  expires: "2027-06-30",
  approvedBy: "platform",
};

export default defineService(about, (service) => {
  const api = new NodeApi(service, "api", {
    image: "growth/recommendations",
    port: 8080,
    size: "large",
    config: { MODEL: "popular-v2" },
    customize: {
      deployment: deviate(slowStart, (deployment) => {
        const [api] = deployment.spec?.template.spec?.containers ?? [];
        if (api?.startupProbe !== undefined) api.startupProbe.failureThreshold = 90;
        return deployment;
      }),
    },
  });
  api.allowFrom(catalog);
});
