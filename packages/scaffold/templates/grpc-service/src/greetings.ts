import { type sendUnaryData, type ServerUnaryCall, status } from "@grpc/grpc-js";

const LONGEST = 50;

interface GreetRequest {
  readonly name: string;
}
interface GreetResponse {
  readonly greeting: string;
}

/** An example to replace. What is wrong with a request is the caller's to mend, and no error of the server. */
export function greet(
  { request }: ServerUnaryCall<GreetRequest, GreetResponse>,
  answer: sendUnaryData<GreetResponse>,
): void {
  if (request.name === "" || request.name.length > LONGEST) {
    answer({ code: status.INVALID_ARGUMENT, details: `name has to have 1 to ${LONGEST} characters` });
    return;
  }
  answer(null, { greeting: `Hello, ${request.name}` });
}
