import type { Board, ProblemPage, ProblemQuery } from '../schemas/index.ts';

/** Every case that a query finds, page after page, never more than one page in memory. */
export async function* everyProblem(ask: (query: ProblemQuery) => Promise<ProblemPage>, query: ProblemQuery = {}): AsyncGenerator<Board> {
  for (let cursor = query.cursor; ; ) {
    const page = await ask({ limit: 500, ...query, ...(cursor === undefined ? {} : { cursor }) });
    yield* page.items;
    if (page.next === null) return;
    cursor = page.next;
  }
}
