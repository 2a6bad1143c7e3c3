import { type Colour, type GradeCode, type Track, TriageFacts } from '../schemas/index.ts';

/** A suggestion (分级建议): scores 1 to 3, colour, track and every reason code that applies. A person decides; an override says why. */
export type Suggestion = { urgency: number; difficulty: number; colour: Colour; track: Track; ordinary: boolean; reasonCode: GradeCode; reasonCodes: GradeCode[] };

const urgent = (f: TriageFacts): GradeCode[] => {
  const hits: [boolean, GradeCode][] = [
    [f.danger, 'U1'],
    [f.utilitiesCut, 'U2'],
    [f.vulnerable, 'U3'],
    [f.publicOutcry, 'U4'],
    [f.leaderLimit, 'U5'],
    [f.groupSize >= 5, 'U6'],
    [f.repeats >= 3, 'U7'],
  ];
  return hits.filter(([hit]) => hit).map(([, code]) => code);
};
const special = (f: TriageFacts): GradeCode[] => {
  const hits: [boolean, GradeCode][] = [
    [f.departments >= 2, 'S1'],
    [f.policyGap, 'S2'],
    [f.specialCase, 'S3'],
  ];
  return hits.filter(([hit]) => hit).map(([, code]) => code);
};
const difficult = (f: TriageFacts): GradeCode[] => {
  const hits: [boolean, GradeCode][] = [
    [f.legacy, 'D1'],
    [f.legislation, 'D2'],
    [f.planning, 'D3'],
    [f.works, 'D4'],
  ];
  return hits.filter(([hit]) => hit).map(([, code]) => code);
};

/** The least that must have been seen for a code to be given. */
const behind: Readonly<Record<GradeCode, Partial<TriageFacts>>> = {
  U1: { danger: true }, U2: { utilitiesCut: true }, U3: { vulnerable: true }, U4: { publicOutcry: true }, U5: { leaderLimit: true }, U6: { groupSize: 5 }, U7: { repeats: 3 },
  S1: { departments: 2 }, S2: { policyGap: true }, S3: { specialCase: true },
  D1: { legacy: true }, D2: { legislation: true }, D3: { planning: true }, D4: { works: true },
  N0: {},
};
export const factsBehind = (code: GradeCode): TriageFacts => TriageFacts.parse(behind[code]);

const score = (first: number, second: number): number => (first > 0 ? 3 : second > 0 ? 2 : 1);

/** 三色分级 by urgency and difficulty, first hit wins (domain 6.5): 急事急办, 特事特办, 难事稳办, else blue and ordinary (一般件). */
export const suggestTriage = (facts: TriageFacts): Suggestion => {
  const [u, s, d] = [urgent(facts), special(facts), difficult(facts)];
  const reasonCodes: GradeCode[] = [...u, ...s, ...d];
  const colour: Colour = u.length > 0 ? 'red' : s.length > 0 ? 'yellow' : 'blue';
  const ordinary = reasonCodes.length === 0;
  const track: Track = facts.shortFix && d.length === 0 ? 'immediate' : 'list';
  return {
    urgency: score(u.length, facts.repeats > 1 ? 1 : 0),
    difficulty: score(d.length, s.length),
    colour,
    track,
    ordinary: ordinary && track === 'immediate',
    reasonCode: reasonCodes[0] ?? 'N0',
    reasonCodes: ordinary ? ['N0'] : reasonCodes,
  };
};
