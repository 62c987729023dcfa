import type { DeadLetter, NewDeadLetter, Store } from '#core/contracts/store.ts'
import { deadLetterId } from '#core/kernel/ids.ts'

/** A delivery of an order that a rule holds back, with its letter, as the engine leaves it. */
export async function holdOrder(
  store: Store,
  { now, connection = 'acme-erp', ...given }: Partial<NewDeadLetter> & { now: number },
): Promise<DeadLetter> {
  const document = `order:acme:acme-shopify:${given.subject ?? '1'}`
  const id = `${document}>${connection}`
  const place = { resource: 'order' as const, tenant: 'acme', document }
  await store.deliveries.want(
    {
      ...{ ...place, id, source: 'acme-shopify', destination: connection, flow: 'order-1' },
      ...{ revision: 1, receivedAt: now, priority: 10 },
    },
    now,
  )
  await store.deliveries.claim(id, { token: 't', now, until: now + 60_000 })
  const letter = await store.deadLetters.open({
    ...{ ...place, kind: 'delivery', connection, code: 'ORDER_HELD', cause: 'held-by-payment' },
    ...{ rule: 'payment-pending', owner: 'finance', dueAt: now + 3_600_000, escalateTo: 'head' },
    ...{ title: 'acme-erp order payment-pending: A rule holds the order back.', at: now },
    summary: 'A rule holds the order back. Rule “payment-pending”; finance decides.',
    ...given,
    ...{ id: deadLetterId('delivery', id), subject: id },
  })
  const attempt = { at: now, ms: 1, phase: 'before-send' as const, outcome: 'ORDER_HELD' }
  await store.deliveries.settle(id, 't', { state: 'dead', reason: 'ORDER_HELD', attempt })
  return letter
}
