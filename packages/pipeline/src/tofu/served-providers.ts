import type { RootFacts } from "./root";
import type { StateFacts } from "./state-file";
import type { ProviderSandbox, ProviderSession } from "../sandbox/provider-sandbox";

/** Types that a stack's root or state names. */
export interface WantedTypes {
  readonly resources: readonly string[];
  readonly dataSources: readonly string[];
}

/** Types of the root and of the state: what is to be destroyed is in the state only. */
export function wantedTypes({ resourceTypes, dataSourceTypes }: RootFacts, state: StateFacts): WantedTypes {
  return {
    resources: [...new Set([...resourceTypes, ...state.managed.map(({ type }) => type)])],
    dataSources: [...new Set([...dataSourceTypes, ...state.dataSourceTypes])],
  };
}

/** The offline providers as one stack's engine sees them: served anew when it turns out that more types are wanted. */
export class ServedProviders {
  private session: ProviderSession | undefined;
  private served: WantedTypes = { resources: [], dataSources: [] };

  constructor(
    private readonly providers: ProviderSandbox,
    private readonly stack: string,
  ) {}

  /** @returns how to reach providers that have at least these types */
  async reattach(wanted: WantedTypes): Promise<string> {
    if (this.session === undefined || !this.covers(wanted)) {
      await this.close();
      this.session = await this.providers.session({ stack: this.stack, ...wanted });
      this.served = wanted;
    }
    return this.session.reattach;
  }

  async close(): Promise<void> {
    await this.session?.close();
    this.session = undefined;
  }

  private covers({ resources, dataSources }: WantedTypes): boolean {
    const has = (own: readonly string[], type: string): boolean => own.includes(type);
    return (
      resources.every((type) => has(this.served.resources, type)) &&
      dataSources.every((type) => has(this.served.dataSources, type))
    );
  }
}
