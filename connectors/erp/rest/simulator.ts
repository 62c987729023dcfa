import { parseArgs } from 'node:util'
import type { ErpFaults } from './simulator/faults.ts'
import { createErpSimulator } from './simulator/server.ts'

export type { ErpFaults, Fault } from './simulator/faults.ts'
export type { ErpRecord } from './simulator/records.ts'
export { createErpSimulator, type ErpSimulator, type ErpSimulatorOptions } from './simulator/server.ts'

/** Faults are given by their names: `--p429 0.1 --latencyMs 20`. */
const FAULTS = [
  'p500BeforeStore',
  'p500AfterStore',
  'pTimeoutAfterStore',
  'pHangUp',
  'p429',
  'retryAfter',
  'latencyMs',
  'lateMs',
] as const

async function main(): Promise<void> {
  const text = { type: 'string' } as const
  const { values } = parseArgs({
    options: {
      port: { ...text, default: '9100' },
      token: text,
      'payload-mismatch': { ...text, default: 'replay' },
      'unique-keys': { type: 'boolean', default: false },
      ...Object.fromEntries(FAULTS.map(name => [name, text])),
    },
  })
  const given: Readonly<Record<string, unknown>> = values
  const faults: ErpFaults = Object.fromEntries(
    FAULTS.filter(name => given[name]).map(name => [name, Number(given[name])]),
  )
  const simulator = createErpSimulator({
    random: Math.random,
    faults,
    token: values.token,
    uniqueKeys: values['unique-keys'],
    payloadMismatch: values['payload-mismatch'] === '422' ? '422' : 'replay',
  })
  process.stdout.write(`${await simulator.listen(Number(values.port))}\n`)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void simulator.close())
}

if (import.meta.main) await main()
