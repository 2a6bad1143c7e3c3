import { readFile } from 'node:fs/promises';
import { connect } from 'xiaohao/client';

const client = await connect({ dataDir: process.env['XIAOHAO_DATA'] ?? '.xiaohao' });
const feedback = JSON.parse(await readFile('docs/examples/feedback.json', 'utf8'));
const { caseNo } = await client.openCase({ ...feedback, feedbackId: 'hcp-2026-0100' }, { as: 'li', commandId: 'open-0100' });
await client.command(caseNo, 'verifyStart', {}, { as: 'he', commandId: 'verify-0100' });
const refused = await client.command(caseNo, 'signClosure', { opinion: '同意' }, { as: 'zhu' }).catch((error) => error.code);
console.log(caseNo, (await client.view(caseNo, { as: 'zhu' })).stageZh, refused);
await client.close();
