export { runWorker, type RunWorkerOptions } from './main.ts';
export { workflowBundle, type BundleWish } from './bundle.ts';
export { WorkerConfig, workerConfig } from './config.ts';
export { ensureDispatchers } from './dispatchers.ts';
