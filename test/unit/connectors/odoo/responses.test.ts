import { describe, expect, it } from '@jest/globals'
import { isConflictText, responses, sentenceOf } from '#connectors/erp/odoo/responses.ts'
import { errorFor } from '#connectors/sdk/index.ts'

const codeOf = (status: number, name: string) =>
  errorFor(responses, { status, headers: {}, body: { name, message: 'No.' } }, 0).code

describe('what a failed call to Odoo means', () => {
  it.each([
    [400, 'werkzeug.exceptions.BadRequest', 'PARTNER_REFUSED'],
    [401, 'werkzeug.exceptions.Unauthorized', 'UNAUTHORIZED'],
    [403, 'odoo.exceptions.AccessError', 'PARTNER_FORBIDDEN'],
    [403, 'odoo.exceptions.AccessDenied', 'UNAUTHORIZED'],
    [404, 'odoo.exceptions.MissingError', 'PARTNER_REFUSED'],
    [404, 'werkzeug.exceptions.NotFound', 'PARTNER_REFUSED'],
    [422, 'odoo.exceptions.ValidationError', 'PARTNER_REFUSED'],
    [422, 'odoo.exceptions.UserError', 'PARTNER_REFUSED'],
    [422, 'werkzeug.exceptions.UnprocessableEntity', 'PARTNER_REFUSED'],
    [500, 'builtins.ValueError', 'PARTNER_REFUSED'],
    [500, 'builtins.TypeError', 'PARTNER_REFUSED'],
    [500, 'psycopg2.errors.InvalidTextRepresentation', 'PARTNER_REFUSED'],
    [500, 'psycopg2.errors.NotNullViolation', 'PARTNER_REFUSED'],
    [500, 'psycopg2.errors.SerializationFailure', 'PARTNER_CONFLICT'],
    [500, 'psycopg2.errors.LockNotAvailable', 'PARTNER_CONFLICT'],
    [500, 'psycopg2.errors.DeadlockDetected', 'PARTNER_CONFLICT'],
    [500, 'psycopg2.InterfaceError', 'PARTNER_FAILED'],
    [500, 'psycopg2.OperationalError', 'PARTNER_FAILED'],
    [500, 'builtins.AttributeError', 'PARTNER_ANSWER_INVALID'],
  ])('%d %s is %s', (status, name, code) => expect(codeOf(status, name)).toBe(code))

  it('a page instead of an answer is no answer, and a proxy without Odoo is an outage', () => {
    const page = { headers: {}, body: '<h1>No database is selected</h1>' }
    expect(errorFor(responses, { status: 404, ...page }, 0).code).toBe('PARTNER_ANSWER_INVALID')
    expect(errorFor(responses, { status: 502, ...page }, 0).code).toBe('PARTNER_FAILED')
  })

  it('PostgreSQL’s words for a conflict are known where `load` gives nothing else', () => {
    expect(isConflictText('could not serialize access due to concurrent update')).toBe(true)
    expect(isConflictText('Missing required value for the field “Customer”')).toBe(false)
  })

  it('a sentence loses addresses and numbers of people', () => {
    expect(sentenceOf('Partner\n mara@example.com,  +1 312 555 0117 is wrong')).toBe(
      'Partner •••, ••• is wrong',
    )
  })
})
