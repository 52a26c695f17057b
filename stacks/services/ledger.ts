import { defineService, NodeApi } from "@paved/golden-paths";
import payments from "./payments";

const runbook = "https://runbooks.paved.example.com/ledger";
const about = {
  name: "ledger",
  owner: "payments",
  tier: 1,
  onCall: "payments-primary",
  runbook,
  description: "Books every payment twice, and forgets none",
  system: "accounting",
} as const;

export default defineService(about, (service) => {
  const ledger = new NodeApi(service, "api", { image: "payments/ledger", port: 9000, database: { size: "small" } });
  ledger.allowFrom(payments);
});
