import { fileURLToPath } from 'node:url'
import type { ConnectionView } from '#core/contracts/connector.ts'
import { checkInvariants } from '#core/documents/invariants.ts'
import { createValidator } from '#core/documents/validate.ts'
import { loadAllSchemas, loadMappings } from '#core/mapping/load.ts'
import { createMapper } from '#core/mapping/mapper.ts'

const MAPPINGS = fileURLToPath(new URL('../../mappings', import.meta.url))

let opened: ReturnType<typeof open> | undefined

async function open() {
  const { schemas, sources } = await loadAllSchemas(MAPPINGS)
  const mapper = createMapper({ schemas, sources })
  const { byTopic } = await loadMappings(MAPPINGS, mapper)
  return { mapper, byTopic, validator: createValidator(schemas) }
}

export interface Decoded {
  connection: ConnectionView
  topic: string
  record: unknown
}

/** What the shipped mapping makes of a decoded record: it fits its schema and balances, or this throws. */
export async function mappedDocument({
  connection,
  topic,
  record,
}: Decoded): Promise<Record<string, unknown>> {
  opened ??= open()
  const { mapper, byTopic, validator } = await opened
  const plan = byTopic.get(`${connection.connector} ${topic}`)
  if (!plan) throw new Error(`No mapping for ${topic}.`)
  const { id, tenant, settings } = connection
  const bindings = { topic, headers: {}, settings, connection: { id, tenant, settings } }
  const run = mapper.run(plan, record, { bindings })
  if (!run.ok) throw new Error(JSON.stringify(run))
  const { body } = run.output
  const problems = [...validator.validate(plan.target!, body), ...checkInvariants(plan.target!, body)]
  if (problems.length > 0) throw new Error(JSON.stringify(problems))
  return body
}
