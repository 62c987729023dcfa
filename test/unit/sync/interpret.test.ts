import { describe, expect, it } from '@jest/globals'
import type { RunResult } from '#core/contracts/mapper.ts'
import { interpret, judge, runContextOf, type Source } from '#core/sync/interpret.ts'

const source: Source = {
  message: { id: 'm1', topic: 'orders/create', headers: { 'x-a': '1' }, receivedAt: 20 },
  connection: { id: 'shop', tenant: 'acme', settings: { region: 'eu' }, tables: { map: { t: { a: 'b' } } } },
  plan: {
    ...{ id: 'map', version: 3, connector: 'shop', topics: [], target: 'order', source: null },
    ...{ tables: [], overlays: ['tenant:acme#2'], interpreted: [] },
  },
}
const made = {
  ok: true as const,
  output: {
    externalId: '7',
    body: { a: 1 },
    dependsOn: [{ resource: 'return', externalId: '9' }],
  },
}
const fits = () => []
const problem = { code: 'DOCUMENT_INVALID', target: '/a', message: 'No.', line: 0, column: 0 }

describe('what a mapping is given beside the record', () => {
  it('is the message, the connection and the operator’s table entries', () =>
    expect(runContextOf(source)).toEqual({
      tables: { t: { a: 'b' } },
      bindings: {
        ...{ topic: 'orders/create', headers: { 'x-a': '1' }, settings: { region: 'eu' } },
        connection: { id: 'shop', tenant: 'acme', settings: { region: 'eu' } },
      },
    }))
})

describe('what one record becomes', () => {
  it('is a candidate that names its message, its mapping with all layers, and what it depends on', () =>
    expect(judge(made, source, fits)).toMatchObject({
      outcome: 'document',
      candidate: {
        ...{ id: 'order:acme:shop:7', key: 'acme:shop:7', message: 'm1', hash: expect.any(String) },
        mapping: { id: 'map', version: 3, overlays: ['tenant:acme#2'] },
        dependsOn: ['return:acme:shop:9'],
      },
    }))

  it.each([
    [
      'the revision, then the event, then the arrival',
      { revision: 5 },
      10,
      { revision: 5, event: 10, arrival: 20 },
    ],
    ['the event where there is no revision', {}, 10, { revision: 10, event: 10, arrival: 20 }],
    ['the arrival where there is no event', {}, undefined, { revision: 20, event: 20, arrival: 20 }],
  ])('is ordered by %s', (_, output, eventAt, order) => {
    const result = { ok: true, output: { ...made.output, ...output } } as RunResult
    expect(judge(result, { ...source, message: { ...source.message, eventAt } }, fits)).toMatchObject({
      candidate: { order },
    })
  })

  it('is a problem when the document does not fit, under the id that could be read', () => {
    expect(judge(made, source, () => [problem])).toEqual({
      ...{ outcome: 'problems', problems: [problem], document: 'order:acme:shop:7' },
    })
    const failed: RunResult = { ok: false, problems: [problem] }
    expect(judge(failed, source, fits)).toEqual({
      outcome: 'problems',
      problems: [problem],
      document: undefined,
    })
  })

  it('is left out when the mapping says so', () => {
    const mapper = {
      run: (): RunResult => ({ ok: false, skipped: 'COVERED_ELSEWHERE' }),
      compile: () => never(),
    }
    expect(interpret({ mapper, inspect: fits }, source, {})).toEqual({
      ...{ outcome: 'skipped', reason: 'COVERED_ELSEWHERE' },
    })
  })
})

function never(): never {
  throw new Error('Nothing is compiled here.')
}
