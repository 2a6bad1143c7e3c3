/** `tsx demo/feedback/make.ts`: writes feedback.xlsx from its rows. A test keeps the file current. */
import { fileURLToPath } from 'node:url';
import { writeBook } from '../../export/index.ts';
import { civilStart } from '../pack.ts';
import { type FeedbackSheet, sheets } from './rows.ts';

export const feedbackFile = fileURLToPath(new URL('../feedback.xlsx', import.meta.url));

const columnsOf = ({ headers }: FeedbackSheet) => headers.map((header) => ({ header, width: 18, kind: 'text' as const }));
async function* rowsOf({ headers, rows }: FeedbackSheet) {
  for (const row of rows) yield { cells: headers.map((h) => row[h] ?? null) };
}

export const makeFeedback = (path: string): Promise<void> => writeBook(path, sheets.map((sheet) => () => ({ name: sheet.name, columns: columnsOf(sheet), rows: rowsOf(sheet) })), civilStart);

if (process.argv[1] === fileURLToPath(import.meta.url)) await makeFeedback(feedbackFile);
