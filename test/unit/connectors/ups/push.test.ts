import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import conformance from '#connectors/carriers/ups/conformance.ts'
import { push } from '#connectors/carriers/ups/push.ts'
import { type Bench, openBench } from '#connectors/sdk/testkit/bench/bench.ts'
import type { PushOperation } from '#core/contracts/connector.ts'

const DAY_MS = 86_400_000
const numbered = (n: number): string => `1Z999AA1${String(n).padStart(10, '0')}`

describe('subscribing to parcels at UPS', () => {
  let bench: Bench

  beforeEach(async () => {
    bench = await openBench(conformance)
  })
  afterEach(() => bench.close())

  const pushed = (numbers: readonly string[], of: { status?: string; externalId?: string } = {}) => {
    const { status = 'shipped', externalId = null } = of
    const packages = numbers.map(trackingNumber => ({ trackingNumber }))
    const operation: PushOperation = {
      ...{ resource: 'shipment', key: 'acme:shop:1', revision: 1, externalId, dependencies: {} },
      ...{ uncertain: false, idempotencyKey: 'k', sending: () => undefined },
      body: { status, lines: [], packages },
    }
    return push(operation, bench.context)
  }
  const followed = () => bench.simulator!.held!('shipment').map(({ key }) => key)

  it('lasts fourteen days, and again fourteen from then', async () => {
    const begin = bench.clock.now()
    expect(await pushed([numbered(1)])).toEqual({
      externalId: numbered(1),
      status: 200,
      lapsesAt: begin + 14 * DAY_MS,
    })
    bench.clock.jump(13 * DAY_MS)
    const again = await pushed([numbered(1)], { status: 'in-transit', externalId: numbered(1) })
    expect(again.lapsesAt).toBeGreaterThanOrEqual(begin + 27 * DAY_MS)
    expect(followed()).toEqual([numbered(1)])
  })

  it.each(['delivered', 'returned', 'cancelled'])('is not renewed once the shipment is %s', async status => {
    const result = await pushed([numbered(1)], { status, externalId: numbered(1) })
    expect(result).toEqual({ externalId: numbered(1) })
    await expect(pushed([numbered(1)], { status })).rejects.toMatchObject({ code: 'SOURCE_SKIPPED' })
    expect(followed()).toEqual([])
  })

  it('asks for at most a hundred numbers at once', async () => {
    const numbers = Array.from({ length: 230 }, (_, index) => numbered(index))
    await pushed(numbers)
    expect(followed()).toEqual(numbers)
  })

  it('names the number that UPS does not take, and follows the others', async () => {
    const refusal = pushed(['1Z123', numbered(2)])
    await expect(refusal).rejects.toMatchObject({
      code: 'PARTNER_REFUSED',
      detail: 'UPS does not take the tracking number 1Z123.',
    })
    expect(followed()).toEqual([numbered(2)])
    await expect(pushed(['1Z123'])).rejects.toMatchObject({
      code: 'PARTNER_REFUSED',
      detail: expect.stringMatching(/VSS210.*1Z123/),
    })
  })

  it('leaves numbers of other carriers out, and writes numbers the way UPS does', async () => {
    await pushed(['9400110200881234567895', ' 1z999-aa1 0000 0000 07', '1R12345678912345'])
    expect(followed()).toEqual([numbered(7), '1R12345678912345'])
    await expect(pushed(['9400110200881234567895'])).rejects.toMatchObject({ code: 'SOURCE_SKIPPED' })
  })
})
