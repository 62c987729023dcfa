import type { Handler } from '../route.ts'

export const replayDeadLetter: Handler = async ({ params, principal }, { operations }) => ({
  result: await operations.replay(params['id']!, principal),
})
