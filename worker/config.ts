import * as z from 'zod';

const seconds = (usual: number) =>
  z.coerce
    .number()
    .positive()
    .default(usual)
    .transform((s) => s * 1000);

/** What a worker reads from its environment; every name with its meaning and default. */
export const WorkerConfig = z
  .object({
    TEMPORAL_ADDRESS: z.string().min(1).default('127.0.0.1:7233'),
    TEMPORAL_NAMESPACE: z.string().min(1).default('default'),
    XIAOHAO_TASK_QUEUE: z.string().min(1).default('xiaohao'),
    /** The data folder: embedded ledger, notices, late refusals. */
    XIAOHAO_DATA: z.string().min(1).default('.xiaohao'),
    /** A PostgreSQL ledger instead of the embedded one. */
    DATABASE_URL: z.string().min(1).optional(),
    /** Shared by edge and worker; made in the data folder when not given. */
    XIAOHAO_SEAL_SECRET: z.string().min(16).optional(),
    /** Seconds until a task that a dead worker was to take goes to another. */
    XIAOHAO_STICKY_SECONDS: seconds(1),
    /** Cases kept in memory. */
    XIAOHAO_CACHED_CASES: z.coerce.number().int().positive().default(2000),
  })
  .transform((env) => ({
    address: env.TEMPORAL_ADDRESS,
    namespace: env.TEMPORAL_NAMESPACE,
    taskQueue: env.XIAOHAO_TASK_QUEUE,
    dataDir: env.XIAOHAO_DATA,
    databaseUrl: env.DATABASE_URL,
    sealSecret: env.XIAOHAO_SEAL_SECRET,
    stickyQueueScheduleToStartTimeout: env.XIAOHAO_STICKY_SECONDS,
    maxCachedWorkflows: env.XIAOHAO_CACHED_CASES,
  }));
export type WorkerConfig = z.infer<typeof WorkerConfig>;

/** @throws ZodError that names the variable */
export const workerConfig = (env: Readonly<Record<string, string | undefined>>): WorkerConfig => WorkerConfig.parse(env);
