import type { Plugin } from "vite";
import { cacheControl } from "./cache.ts";
import headers from "./headers.json" with { type: "json" };
import { handler } from "./single-page.js";

/** What differs from one environment to another. */
export interface Place {
  /** The one origin beside its own that the site may call. In an environment it is that of the environment's API. */
  readonly apiOrigin: string;
}

/**
 * `vite preview` answers as the platform's CloudFront does: the same security headers, the same paths for the application, 404
 * for a file that is missing. What a browser refuses there it refuses here.
 */
export function likeCloudFront({ apiOrigin }: Place): Plugin {
  return {
    name: "like-cloudfront",
    configurePreviewServer(server) {
      server.middlewares.use((request, response, next) => {
        const [path = "/"] = (request.url ?? "/").split("?");
        const { uri }: { readonly uri: string } = handler({ request: { uri: path } });
        request.url = uri;
        for (const [name, value] of Object.entries(headers)) {
          response.setHeader(name, value.replace("<API origin>", apiOrigin));
        }
        response.setHeader("cache-control", cacheControl(uri));
        next();
      });
    },
  };
}
