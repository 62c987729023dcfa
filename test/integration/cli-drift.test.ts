import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type CliWorld, cliWorld } from './cli-harness.ts'

let cli: CliWorld

beforeEach(async () => {
  cli = cliWorld()
  const found = {
    ...{ tenant: 'acme', connection: 'acme-shopify', topic: 'orders/create', message: 'm1' },
    ...{ count: 2, firstAt: Date.now(), lastAt: Date.now() },
  }
  await cli.store().drift.add([
    { ...found, kind: 'new-value', pointer: '/financial_status', value: 'on_hold', sample: 'on_hold' },
    { ...found, kind: 'new-field', pointer: '/gift', value: '', sample: '•••' },
  ])
})
afterEach(() => cli.close())

const total = async (options = '') => (await cli.hub(`drift list ${options}--json`)).json.total

describe('hub drift', () => {
  it('lists what was found', async () => {
    const { out } = await cli.hub('drift list --kind new-value')
    expect(out).toMatch(/new-value +acme-shopify +orders\/create +\/financial_status +on_hold +2 /)
    expect(out).not.toContain('/gift')
    const { json } = await cli.hub('drift list --kind new-field --json')
    expect(json).toMatchObject({
      total: 1,
      items: [{ pointer: '/gift', lastAt: expect.stringMatching(/Z$/) }],
    })
    expect((await cli.hub('drift list --connection other')).out).toBe(
      'Live payloads match the declared source schemas.\n',
    )
  })

  it('forgets what matches once a person says so', async () => {
    const asked: string[] = []
    const ask = async (question: string) => {
      asked.push(question)
      return 'n'
    }
    expect((await cli.hub('drift clear', { ask })).code).toBe(1)
    expect(asked).toEqual(['Forget 2 findings? [y/N] '])
    expect(await total()).toBe(2)
    expect((await cli.hub('drift clear --pointer /gift --yes')).out).toBe('1 finding forgotten.\n')
    expect(await total()).toBe(1)
    expect((await cli.hub('drift clear --yes --json')).json).toEqual({ cleared: 1 })
  })
})
