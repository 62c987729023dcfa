import { describe, expect, it } from '@jest/globals'
import { responses } from '#connectors/erp/erpnext/responses.ts'
import { errorFor } from '#connectors/sdk/index.ts'

describe('what a Frappe site answers', () => {
  it.each([
    [417, 'UniqueValidationError', 'PARTNER_CONFLICT', 'taken'],
    [409, 'DuplicateEntryError', 'PARTNER_CONFLICT', 'taken'],
    [417, 'TimestampMismatchError', 'PARTNER_CONFLICT', undefined],
    [409, 'TimestampMismatchError', 'PARTNER_CONFLICT', undefined],
    [500, 'QueryDeadlockError', 'PARTNER_CONFLICT', undefined],
    [417, 'NegativeStockError', 'PARTNER_REFUSED', undefined],
    [417, 'LinkExistsError', 'PARTNER_REFUSED', undefined],
    [404, 'DoesNotExistError', 'PARTNER_REFUSED', 'DoesNotExistError'],
    [401, 'AuthenticationError', 'UNAUTHORIZED', undefined],
    [403, 'PermissionError', 'UNAUTHORIZED', undefined],
    [429, 'TooManyRequestsError', 'PARTNER_THROTTLED', undefined],
    [503, 'SessionStopped', 'PARTNER_FAILED', undefined],
  ])('%i with %s means %s', (status, type, code, fingerprint) => {
    for (const body of [{ exc_type: type }, { exception: `frappe.exceptions.${type}: no` }])
      expect(errorFor(responses, { status, headers: {}, body }, 0)).toMatchObject({
        code,
        status,
        fingerprint,
      })
  })

  it('in an unknown form says only that it was refused', () => {
    const body = { _server_messages: '["not JSON"]' }
    expect(errorFor(responses, { status: 417, headers: {}, body }, 0).detail).toBe('HTTP 417.')
  })
})
