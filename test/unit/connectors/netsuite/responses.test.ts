import { describe, expect, it } from '@jest/globals'
import { responses } from '#connectors/erp/netsuite/responses.ts'
import { errorFor } from '#connectors/sdk/index.ts'

const answer = (status: number, error: Record<string, unknown>) => ({
  ...{ status, headers: {}, body: { status, 'o:errorDetails': [error] } },
})

describe('what NetSuite answers', () => {
  it.each([
    [429, { 'o:errorCode': 'CONCURRENCY_LIMIT_EXCEEDED' }, 'PARTNER_THROTTLED'],
    [400, { 'o:errorCode': 'SSS_REQUEST_LIMIT_EXCEEDED' }, 'PARTNER_THROTTLED'],
    [401, { 'o:errorCode': 'INVALID_LOGIN' }, 'UNAUTHORIZED'],
    [403, { 'o:errorCode': 'INSUFFICIENT_PERMISSION' }, 'UNAUTHORIZED'],
    [404, { 'o:errorCode': 'NONEXISTENT_ID' }, 'PARTNER_REFUSED'],
    [400, { 'o:errorCode': 'USER_ERROR', detail: 'This record already exists.' }, 'PARTNER_CONFLICT'],
    [400, { 'o:errorCode': 'RCRD_HAS_BEEN_CHANGED' }, 'PARTNER_CONFLICT'],
    [400, { 'o:errorCode': 'INVALID_CONTENT' }, 'PARTNER_REFUSED'],
    [500, { 'o:errorCode': 'UNEXPECTED_ERROR' }, 'PARTNER_FAILED'],
    [503, {}, 'PARTNER_FAILED'],
  ])('%i %o means %s', (status, error, code) => {
    expect(errorFor(responses, answer(status, error), 0)).toMatchObject({ code, status })
  })

  it('is told by code and place, because its sentences quote what was sent', () => {
    const error = {
      ...{
        detail: 'Invalid Field Value zoe@example.com for the following field: email',
        'o:errorCode': 'INVALID_CONTENT',
      },
      'o:errorPath': 'item.items[0].item',
    }
    expect(errorFor(responses, answer(400, error), 0).detail).toBe(
      'HTTP 400. INVALID_CONTENT at item.items[0].item.',
    )
    expect(errorFor(responses, answer(400, { ...error, 'o:errorPath': undefined }), 0).detail).toBe(
      'HTTP 400. INVALID_CONTENT at email.',
    )
  })
})
