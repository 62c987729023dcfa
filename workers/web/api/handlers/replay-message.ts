import type { Handler } from '../route.ts'

export const replayMessage: Handler = async ({ params, principal }, { operations }) => ({
  result: await operations.replaySubject('message', params['id']!, principal),
})
