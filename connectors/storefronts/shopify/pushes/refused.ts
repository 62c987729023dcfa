import { HubError } from '../../../sdk/index.ts'

export interface UserError {
  field: string[] | null
  message: string
  code?: string | null
}

/** Shopify answers 200 and says no in `userErrors`: nothing was changed. */
export function refuseUserErrors(errors: readonly UserError[], what: string): void {
  const [first] = errors
  if (first)
    throw refused(`${what}: ${first.message.slice(0, 200)}`, first.code ?? (first.field ?? []).join('.'))
}

/** A document that a person has to look at; `fingerprint` groups those with the same origin. */
export const refused = (detail: string, fingerprint: string): HubError =>
  new HubError('PARTNER_REFUSED', { detail, status: 200, fingerprint })
