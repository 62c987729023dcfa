import type { Reply } from '../../../sdk/testkit/serve-partner.ts'

/** An error as all of eBay’s REST APIs write it. */
export const ebayError = (status: number, errorId: number, domain: string): Reply => ({
  status,
  body: { errors: [{ errorId, domain, category: 'REQUEST', message: 'Simulated.', parameters: [] }] },
})
