/** Types of `lock.mjs`, which must run before TypeScript can. */
export function withLock<T>(file: string, body: () => Promise<T>, onWait?: (owner: number) => void): Promise<T>;
