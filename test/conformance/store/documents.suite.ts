import { expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { DocumentCandidate, MergeDocuments } from '#core/contracts/store.ts'
import { contentHash } from '#core/kernel/canonical-json.ts'
import type { Subject } from '../store.suite.ts'
import { candidate, inTurn, T0 } from './samples.ts'

export function documentsSuite(subject: Subject): void {
  const at = (revision: number, event = T0, arrival = T0) => ({ revision, event, arrival })
  const total = (amount: string) => ({ body: { number: '1', total: amount } })

  it('creates a document with revision 1 and gives it back whole', async () => {
    const { documents } = subject.store
    const first = candidate('1', {
      number: '#1001',
      body: { name: 'Ærøskøbing 😀', lines: [{ sku: 'A', quantity: 2 }], none: null },
      dependsOn: ['product:acme:shop:9'],
      mapping: { id: 'storefronts/shopify/order', version: 2, overlays: ['tenant:acme#3'] },
      order: at(T0 + 0.5),
    })
    const created = { ...first, revision: 1, createdAt: T0 + 1, updatedAt: T0 + 1 }
    expect(await documents.upsert(first, T0 + 1)).toEqual({ outcome: 'created', document: created })
    expect(await documents.get(first.id)).toEqual(created)
    expect(await documents.get('none')).toBeNull()
  })

  it('names documents with a deadline, earliest first, until a newer revision has none', async () => {
    const { documents } = subject.store
    const due = async (before: number, limit = 10, from?: number) =>
      (await documents.due(before, limit, from)).map(({ externalId }) => externalId)
    await documents.upsert(candidate('late', { deadline: T0 + 9 }), T0)
    await documents.upsert(candidate('early', { deadline: T0 + 1, order: at(1) }), T0)
    await documents.upsert(candidate('none'), T0)
    expect([await due(T0 + 1), await due(T0 + 2), await due(T0 + 10)]).toEqual([
      [],
      ['early'],
      ['early', 'late'],
    ])
    expect(await due(T0 + 10, 1)).toEqual(['early'])
    expect([await due(T0 + 10, 10, T0 + 2), await due(T0 + 10, 1, T0 + 1)]).toEqual([['late'], ['early']])
    await documents.upsert(candidate('early', { order: at(2), ...total('1.00') }), T0)
    expect(await due(T0 + 10)).toEqual(['late'])
  })

  it('takes newer content as the next revision', async () => {
    const { documents } = subject.store
    await documents.upsert(candidate('1', { order: at(1) }), T0)
    const newer = candidate('1', { order: at(2), ...total('12.00'), message: 'second' })
    const { outcome, document } = await documents.upsert(newer, T0 + 5)
    expect(outcome).toBe('updated')
    expect(document).toEqual({ ...newer, revision: 2, createdAt: T0, updatedAt: T0 + 5 })
    expect(await documents.get(newer.id)).toEqual(document)
  })

  it('leaves the stored document when an older one arrives, and says so', async () => {
    const { documents } = subject.store
    const { document } = await documents.upsert(candidate('1', { order: at(2) }), T0)
    const older = candidate('1', { order: at(1), ...total('8.00') })
    expect(await documents.upsert(older, T0 + 5)).toEqual({ outcome: 'stale', document })
    expect(await documents.get(document.id)).toEqual(document)
  })

  it.each([
    ['revision before event', at(1, 9, 9), at(2, 1, 1)],
    ['event before arrival', at(1, 1, 9), at(1, 2, 1)],
    ['arrival last', at(1, 1, 1), at(1, 1, 2)],
  ])('compares %s', async (_name, older, newer) => {
    const { documents } = subject.store
    await documents.upsert(candidate('1', { order: newer }), T0)
    const { outcome } = await documents.upsert(candidate('1', { order: older, ...total('8.00') }), T0)
    expect(outcome).toBe('stale')
  })

  it('takes other content of equal order as newer', async () => {
    const { documents } = subject.store
    await documents.upsert(candidate('1'), T0)
    const tied = candidate('1', total('12.00'))
    expect(await documents.upsert(tied, T0)).toMatchObject({ outcome: 'updated', document: { revision: 2 } })
  })

  it('moves the order forward, but not the revision, for equal content', async () => {
    const { documents } = subject.store
    await documents.upsert(candidate('1', { order: at(1) }), T0)
    const repeated = await documents.upsert(candidate('1', { order: at(3) }), T0 + 5)
    expect(repeated).toMatchObject({
      outcome: 'unchanged',
      document: { revision: 1, order: at(3), updatedAt: T0 },
    })
    const between = candidate('1', { order: at(2), ...total('8.00') })
    expect((await documents.upsert(between, T0)).outcome).toBe('stale')
  })

  /** Every word that anybody said, and only the newest name. */
  const joinWords: MergeDocuments = (stored, next) => {
    const words = [...new Set([...wordsOf(stored), ...wordsOf(next)])].toSorted()
    const isNewest = !stored || next.order.revision >= stored.order.revision
    const body = { name: (isNewest ? next : stored).body['name'], words }
    return { ...next, body, hash: contentHash(body), parts: { said: words.length } }
  }
  const wordsOf = (document: DocumentCandidate | null) => (document?.body['words'] ?? []) as string[]
  const says = (revision: number, ...words: string[]) =>
    candidate('1', { order: at(revision), body: { name: `n${revision}`, words } })

  it('stores what a merge makes of both, also of an older one, and keeps the newest order', async () => {
    const { documents } = subject.store
    const first = await documents.upsert(says(2, 'b'), T0, joinWords)
    expect(first).toMatchObject({ outcome: 'created', document: { revision: 1, body: { words: ['b'] } } })
    const older = await documents.upsert(says(1, 'a'), T0 + 1, joinWords)
    expect(older).toMatchObject({
      outcome: 'updated',
      document: { revision: 2, order: at(2), body: { name: 'n2', words: ['a', 'b'] } },
    })
    expect((await documents.upsert(says(1, 'a'), T0, joinWords)).outcome).toBe('stale')
    const again = await documents.upsert({ ...says(3, 'a'), body: { name: 'n2', words: [] } }, T0, joinWords)
    expect(again).toMatchObject({ outcome: 'unchanged', document: { revision: 2, order: at(3) } })
    expect(await documents.get(first.document.id)).toEqual(again.document)
  })

  it('gives the parts of a merged document to the next merge and to nobody else', async () => {
    const { documents } = subject.store
    const seen: unknown[] = []
    const watched: MergeDocuments = (stored, next) => {
      seen.push(stored?.parts)
      return joinWords(stored, next)
    }
    const { document } = await documents.upsert(says(1, 'a'), T0, watched)
    await documents.upsert(says(2, 'b'), T0, watched)
    expect([seen[0], seen.at(-1)]).toEqual([undefined, { said: 1 }])
    const { items } = await documents.list({})
    for (const one of [document, await documents.get(document.id), items[0]])
      expect(one).not.toHaveProperty('parts')
  })

  it('loses nothing of what is merged at the same moment', async () => {
    const { documents } = subject.store
    const words = Array.from({ length: 20 }, (_, index) => `w${index}`)
    await Promise.all(words.map((word, index) => documents.upsert(says(index, word), T0, joinWords)))
    const stored = await documents.get(candidate('1').id)
    expect(stored).toMatchObject({
      body: { name: 'n19', words: words.toSorted() },
      order: at(19),
      revision: 20,
    })
  })

  /** A history with strictly growing orders, some of whose neighbours have equal content. */
  const history = fc
    .array(fc.record({ step: fc.integer({ min: 1, max: 3 }), amount: fc.integer({ min: 0, max: 3 }) }), {
      minLength: 1,
      maxLength: 7,
    })
    .map(steps => {
      let revision = 0
      return steps.map(({ step, amount }) => {
        revision += step
        return { order: at(revision), ...total(`${amount}.00`) }
      })
    })
  const arrivals = history.chain(steps =>
    fc.record({
      newest: fc.constant(steps.at(-1)!),
      order: fc.shuffledSubarray(steps, { minLength: steps.length }),
    }),
  )
  let runs = 0

  it('ends with the newest revision, whatever the order of arrival', async () => {
    const { documents } = subject.store
    await fc.assert(
      fc.asyncProperty(arrivals, async ({ newest, order }) => {
        const id = `permutation-${runs++}`
        await inTurn(order, step => documents.upsert(candidate(id, step), T0))
        expect(await documents.get(candidate(id).id)).toMatchObject({
          order: newest.order,
          body: newest.body,
        })
      }),
      { numRuns: 40 },
    )
  })

  it('ends with the newest revision when all arrive at the same moment', async () => {
    const { documents } = subject.store
    const revisions = Array.from({ length: 20 }, (_, index) =>
      candidate('1', { order: at(index), ...total(`${index}.00`) }),
    )
    const shuffled: DocumentCandidate[] = [
      ...revisions.filter((_, i) => i % 2),
      ...revisions.filter((_, i) => i % 2 === 0),
    ]
    const results = await Promise.all(shuffled.map(revision => documents.upsert(revision, T0)))
    const stored = await documents.get(candidate('1').id)
    expect(stored).toMatchObject({ order: at(19), body: { total: '19.00' } })
    expect(stored!.revision).toBe(results.filter(({ outcome }) => outcome !== 'stale').length)
  })
}
