export { type Expression, expressionsIn } from "./expressions";
export { type Element, judgeManifest, judgeStack, type StackOutput, writtenAddresses } from "./stack-output";
