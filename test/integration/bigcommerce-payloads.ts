import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { decode } from '#connectors/storefronts/bigcommerce/decode.ts'
import type { ConnectionView, ConnectorContext, HttpRequest } from '#core/contracts/connector.ts'
import type { MappedDocument, RunProblem } from '#core/contracts/mapper.ts'
import { checkInvariants } from '#core/documents/invariants.ts'
import { createValidator } from '#core/documents/validate.ts'
import { loadMappings, readSchemas } from '#core/mapping/load.ts'
import { createMapper } from '#core/mapping/mapper.ts'
import { fixturesDir } from '#test/support/fixtures.ts'

const MAPPINGS = fileURLToPath(new URL('../../mappings', import.meta.url))

/** Where the real payloads are; null without them. */
export const folder = fixturesDir() === null ? null : join(fixturesDir()!, 'bigcommerce')

export const read = (file: string): Buffer => readFileSync(join(folder!, file))

/** The documentation names its store with a placeholder. */
export const connection: ConnectionView = {
  ...{ id: 'bc', tenant: 'acme', connector: 'bigcommerce' },
  settings: { storeHash: '{store_hash}', weightUnit: 'kg' },
  secrets: { accessToken: ['token-1'], webhookSecret: ['client-secret-1'] },
}

export interface Result {
  document?: MappedDocument
  skipped?: string
  problems: RunProblem[]
}

/** What the store says, by path without the store; a list that is not there is empty. */
export type Answers = Readonly<Record<string, unknown>>

export interface Translator {
  /** What differs from the source schemas, of all that was translated. */
  readonly drift: Set<string>
  translate(body: Buffer | object, topic: string, answers: Answers): Promise<Result[]>
}

/** The way of a payload through the connector and the mapping of its topic, as the hub goes it. */
export async function openTranslator(): Promise<Translator> {
  const { schemas, sources } = await readSchemas(MAPPINGS)
  const validator = createValidator(schemas)
  const mapper = createMapper({ schemas, sources })
  const plans = (await loadMappings(MAPPINGS, mapper, file => file.startsWith('storefronts/bigcommerce/')))
    .byTopic
  const drift = new Set<string>()
  const { id, tenant, settings } = connection
  return {
    drift,
    async translate(body, topic, answers) {
      const bytes = Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body))
      const message = { topic, dedupeKey: topic, headers: {}, body: bytes, via: 'webhook' }
      const decoded = await decode(message, storeThatAnswers(answers))
      if ('skip' in decoded) throw new Error(`It is skipped: ${decoded.skip}`)
      const plan = plans.get(`bigcommerce ${topic}`)!
      const detect = mapper.driftDetector(plan)!
      for (const { kind, pointer } of decoded.records.flatMap(detect)) drift.add(`${kind} ${pointer}`)
      return decoded.records.map(record => {
        const run = mapper.run(plan, record, {
          bindings: { topic, headers: {}, connection: { id, tenant, settings } },
        })
        if (!run.ok)
          return 'problems' in run ? { problems: run.problems } : { skipped: run.skipped, problems: [] }
        const misfits = validator.validate(plan.target!, run.output.body)
        const problems = misfits.length > 0 ? misfits : checkInvariants(plan.target!, run.output.body)
        return { document: run.output, problems }
      })
    },
  }
}

const storeThatAnswers = (answers: Answers): ConnectorContext =>
  ({
    connection,
    token: async () => 'token-1',
    now: () => 0,
    signal: new AbortController().signal,
    http: {
      async request({ url }: HttpRequest) {
        const path = decodeURIComponent(new URL(url).pathname).replace(/^\/stores\/[^/]+/, '')
        const body = answers[path]
        return { status: body === undefined ? 204 : 200, headers: {}, body: body ?? '' }
      },
    },
  }) as unknown as ConnectorContext
