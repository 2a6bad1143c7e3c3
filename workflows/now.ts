/** Server time in ms since 1970: replay-safe, that of the task being worked on. The only place where a workflow reads a clock. */
export const now = (): number => Date.now();
