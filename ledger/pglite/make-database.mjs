// Runs initdb in `workerData.folder` and ends.
import { workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';

const database = await PGlite.create(workerData.folder);
await database.close();
