export { type Expression, expressionsIn } from "./expressions";
export { type Element, judgeStack, type StackOutput, writtenAddresses } from "./stack-output";
