/**
 * The day by which tests judge what expires: a day of the calendar would turn an unchanged commit red by itself. Whether
 * something has expired by now is asked by `.ci/run`.
 */
export const DAY = "2026-12-01";
