import type { Handler } from '../route.ts'

export const replayDelivery: Handler = async ({ params, principal }, { operations }) => ({
  result: await operations.replaySubject('delivery', params['id']!, principal),
})
