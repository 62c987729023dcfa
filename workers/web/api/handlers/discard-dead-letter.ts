import type { Handler } from '../route.ts'

export const discardDeadLetter: Handler = async ({ params, principal, body }, { operations }) => {
  await operations.discard(params['id']!, (body as { reason: string }).reason, principal)
  return { result: 'discarded' }
}
