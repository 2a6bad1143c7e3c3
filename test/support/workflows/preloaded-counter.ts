/** Preloaded beside the core, in one test: counts who has seen an object. Shared by all workflows of a worker, as the core must be. */
const seen = new WeakMap<object, number>();
export const sightings = (what: object): number => {
  const count = (seen.get(what) ?? 0) + 1;
  seen.set(what, count);
  return count;
};
