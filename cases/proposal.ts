import type { CaseState, Proposal } from '../schemas/index.ts';

/** 提请: opens a proposal. It moves nothing; those a unit may see are numbered P1, P2 ..., the others H1, H2 ... */
export const openProposal = (state: CaseState, of: Omit<Proposal, 'proposalId' | 'approvers' | 'stage'>): { state: CaseState; proposalId: string } => {
  const open = of.visible === 'case';
  const { open: p, hidden: h } = state.proposalCounter;
  const proposalId = open ? `P${p + 1}` : `H${h + 1}`;
  const proposalCounter = open ? { open: p + 1, hidden: h } : { open: p, hidden: h + 1 };
  return { proposalId, state: { ...state, proposalCounter, proposals: [...state.proposals, { ...of, proposalId, approvers: [], stage: state.stage }] } };
};
