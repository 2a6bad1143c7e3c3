export { writeBook, type BookColumn, type BookRow, type Sheet } from './book.ts';
export { cellText } from './cell.ts';
export { exportLedger, type About, type Exported } from './ledger.ts';
export { exportKinds, sheetNames, type Column, type ExportKind, type Names, type Row, type ValueKind } from './column.ts';
export { columnsOf } from './columns.ts';
export { guardText, unguardText } from './guard.ts';
