export { pythonRoom, type PythonRoom, type PythonRoomOptions } from "./python-room";
export { lastWords, type ProcessCall, type ProcessEnd, runProcess } from "./run-process";
