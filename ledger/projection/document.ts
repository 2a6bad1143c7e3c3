import type { EntryDraft } from '../../schemas/index.ts';
import type { Queries } from '../sql-store.ts';
import { documentRows } from './rows.ts';
import { insertRows } from './tables.ts';

/** 文书 of these entries, numbered within their entry. */
export const insertDocuments = (db: Queries, drafts: readonly EntryDraft[]): Promise<void> => insertRows(db, 'documents', drafts.flatMap((d) => documentRows(d.case, d.seq, d.body)));
