import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { likeCloudFront } from "./preview/like-cloudfront.ts";

/** Where the API is that pages call while they are looked at on this machine. */
const apiOrigin = process.env["API_ORIGIN"] ?? "http://127.0.0.1:8080";

export default defineConfig(({ isPreview }) => ({
  // A preview answers nothing by itself: which paths are the application's is CloudFront's to say.
  appType: isPreview === true ? "mpa" : "spa",
  plugins: [react(), likeCloudFront({ apiOrigin })],
  test: {
    projects: [
      { extends: true, test: { name: "page", include: ["test/page/*.test.tsx"], environment: "happy-dom" } },
      { extends: true, test: { name: "preview", include: ["test/preview/*.test.ts"] } },
      { extends: true, test: { name: "browser", include: ["test/browser/*.test.ts"], testTimeout: 60_000 } },
    ],
  },
}));
