export * from './open.ts';
export { type Limits, defaultLimits } from './limits.ts';
