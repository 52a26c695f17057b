import { defineService, PythonWorker } from "@paved/golden-paths";

const runbook = "https://runbooks.paved.example.com/search-index";
const about = { name: "search-index", owner: "growth", tier: 3, onCall: "growth-primary", runbook } as const;

export default defineService(about, (service) => {
  new PythonWorker(service, "worker", {
    image: "growth/search-index",
    size: "medium",
    bucket: true,
    queue: { visibilitySeconds: 300, attempts: 3 },
    scale: { min: 0, max: 4 },
  });
});
