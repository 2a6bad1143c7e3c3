import { describe, expect, it } from 'vitest';
import { sealFault, sealMac, verifySeal } from '../../../ledger/index.ts';
import { noFacts, type EntryDraft } from '../../../schemas/index.ts';
import { clerk, draftOf, markOf, secret, T0 } from '../../support/ledger-drafts.ts';

const sealed = { case: 'YC-2026-JY-0001', commandId: 'c-1', fingerprint: '0123456789abcdef', actor: clerk, facts: noFacts, expiresAt: T0 };

describe('the seal on an actor', () => {
  it('is the same for the same command, whatever the order of keys', () => {
    const turned = { ...Object.fromEntries(Object.entries(sealed).toReversed()), actor: Object.fromEntries(Object.entries(clerk).toReversed()) } as unknown as typeof sealed;
    expect(sealMac(secret, turned)).toBe(sealMac(secret, sealed));
    expect(sealMac(secret, sealed)).toMatch(/^[0-9a-f]{64}$/);
  });

  it('covers each of its parts, and the secret', () => {
    const others = [
      { ...sealed, case: 'YC-2026-JY-0002' },
      { ...sealed, commandId: 'c-2' },
      { ...sealed, fingerprint: 'f'.repeat(16) },
      { ...sealed, actor: { ...clerk, conflicted: true } },
      { ...sealed, facts: { ...noFacts, units: ['U-1'] } },
      { ...sealed, expiresAt: T0 + 1 },
    ];
    const macs = [sealMac(secret, sealed), ...others.map((o) => sealMac(secret, o)), sealMac('another secret altogether', sealed)];
    expect(new Set(macs).size).toBe(macs.length);
  });

  it('holds until its last millisecond, measured at the entry', () => {
    expect(verifySeal(draftOf({ at: T0, expiresAt: T0 }), secret)).toBe(true);
    expect(sealFault(draftOf({ at: T0 + 1, expiresAt: T0 }), secret)).toMatch(/expired/);
  });

  it('is not needed by what time does, and by nobody else', () => {
    expect(sealFault(markOf({ seq: 1 }), secret)).toBeNull();
    const person = { ...markOf({ seq: 1 }), actor: { person: 'P-LI', role: 'UO' as const, unit: 'U-1' } };
    expect(sealFault(person, secret)).toMatch(/different actors/);
    expect(sealFault({ ...person, body: { ...person.body, actor: { ...clerk, role: 'UO', unit: 'U-1' } } }, secret)).toMatch(/only the system/);
  });

  it('lets the system be no excuse for a command without one', () => {
    const command: EntryDraft = { ...markOf({ seq: 1 }), commandId: 'c-1', fingerprint: '0123456789abcdef' };
    expect(sealFault(command, secret)).toMatch(/without a seal/);
  });

  it('binds the principal for whom a delegate acts', () => {
    const delegate = { ...clerk, onBehalfOf: { person: 'P-ZHAO', document: 'D-7' } };
    const draft = draftOf({ actor: delegate });
    expect(verifySeal(draft, secret)).toBe(true);
    const { onBehalfOf: _hidden, ...alone } = draft.actor;
    expect(sealFault({ ...draft, actor: alone }, secret)).toMatch(/different actors/);
  });
});
