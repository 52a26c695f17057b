export { alone } from "./alone";
export { unfinishedFile, writeAtomically } from "./atomic-write";
export { findExecutable } from "./executable";
export { exitOf } from "./exit-of";
export { type HeldLock, isHeld, type LockHolder, lockHolder, takeLock } from "./lock-file";
export { freePorts, isFree } from "./ports";
export { isRunning, startOf } from "./process-identity";
export { processesIn } from "./processes-in";
