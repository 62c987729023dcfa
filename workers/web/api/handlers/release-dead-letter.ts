import type { Handler } from '../route.ts'

export const releaseDeadLetter: Handler = async ({ params, principal, body }, { operations }) => ({
  result: await operations.release(params['id']!, body as { reason: string; rule?: string }, principal),
})
