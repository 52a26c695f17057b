/** Every golden path, a line each: its construct, what it asks for, and what all else derives from it. */
export { GrpcService, grpcService, type GrpcServiceProps } from "./grpc-service/grpc-service";
export { NodeApi, nodeApi, type NodeApiProps } from "./node-api/node-api";
export { PythonWorker, pythonWorker, type PythonWorkerProps } from "./python-worker/python-worker";
export { ReactFrontend, reactFrontend, type ReactFrontendProps } from "./react-frontend/react-frontend";
