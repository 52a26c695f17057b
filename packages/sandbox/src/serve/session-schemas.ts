import type { BlockSchema } from "../schema/model";
import type { ProviderName } from "../schema/providers";

/** What one provider of a session serves. */
export interface SessionSchemas {
  readonly provider: ProviderName;
  readonly config: BlockSchema;
  readonly resources: ReadonlyMap<string, BlockSchema>;
  readonly dataSources: ReadonlyMap<string, BlockSchema>;
}
