import type { Router } from 'express'

const at = (minute: number): string => new Date(Date.UTC(2026, 0, 15, 12, minute)).toISOString()

const finding = (kind: string, pointer: string, rest: object = {}) => ({
  ...{ tenant: 'acme', connection: 'acme-shopify', topic: 'orders/create', kind, pointer, value: '' },
  ...{ count: 12, firstAt: at(2), lastAt: at(29), sample: '', message: 'm2' },
  ...rest,
})

const FINDINGS = [
  finding('new-value', '/financial_status', {
    value: 'klarna_pending',
    sample: '"klarna_pending"',
    count: 3,
  }),
  finding('new-field', '/checkout_channel', { sample: '"app"', count: 41 }),
  finding('new-field', '/buyer/contact', { sample: '{"email":"•••"}', count: 7 }),
  finding('vanished-field', '/total_tax', { count: 1 }),
  finding('type-change', '/line_items/*/price', { value: 'number', sample: '84.9' }),
  finding('new-field', '/duties_note', {
    ...{ connection: 'bold-shopify', tenant: 'bold', topic: 'orders/updated' },
    ...{ sample: '"•••"', count: 1_204 },
  }),
]

/** The drift routes, with findings that can be cleared. */
export function serveDrift(api: Router, { empty = false }: { empty?: boolean }): void {
  let findings = empty ? [] : FINDINGS
  type Query = Record<string, unknown>
  const matches = (query: Query) => (item: (typeof FINDINGS)[number]) =>
    (['connection', 'topic', 'kind'] as const).every(name => !query[name] || query[name] === item[name])

  api.get('/drift', (request, response) => {
    const items = findings.filter(matches(request.query as Query))
    response.json({ items, next: null, total: items.length })
  })
  api.delete('/drift', (request, response) => {
    const cleared = findings.filter(matches(request.query as Query))
    findings = findings.filter(item => !cleared.includes(item))
    response.json({ cleared: cleared.length })
  })
  api.get('/documents/:id', (_, response) => void response.json({ number: '#1001', externalId: '820982' }))
}
