import { defineService, ReactFrontend } from "@paved/golden-paths";

const runbook = "https://runbooks.paved.example.com/backoffice";
const about = { name: "backoffice", owner: "commerce", tier: 3, onCall: "commerce-primary", runbook } as const;

export default defineService(about, (service) => {
  new ReactFrontend(service, "site");
});
