import { retiresEverything } from "@paved/golden-paths";
import type { Environment } from "@paved/model";
import { EncryptionKey, forget, PavedStack, STATE_STACK } from "@paved/modules";
import { Construct } from "constructs";

/**
 * The keys that states are encrypted with, one for each other stack of the environment: they are applied before anything
 * else. The bucket, and the key of this stack's own state, were there when the account was set up (docs/state.md).
 *
 * Who retires a service has its key forgotten, not destroyed: what the state was can still be read.
 */
export class StateStack extends PavedStack {
  constructor(scope: Construct, environment: Environment, stacks: readonly PavedStack[]) {
    super(scope, { environment, name: STATE_STACK, kind: "state", owner: "platform" });
    const keys = new Construct(this, "keys");
    for (const stack of stacks) {
      const { shortName } = stack;
      if (retiresEverything(stack)) this.forgetKey(shortName);
      else
        new EncryptionKey(keys, shortName, { description: `State of ${stack.node.id}`, alias: `state/${shortName}` });
    }
  }

  private forgetKey(name: string): void {
    forget(this, {
      addresses: [`aws_kms_key.keys_${name}_key`, `aws_kms_alias.keys_${name}_alias`],
      reason: `${name} is retired, and its state may still have to be read`,
    });
  }
}
