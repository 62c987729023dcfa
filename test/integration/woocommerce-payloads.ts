import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { decode } from '#connectors/storefronts/woocommerce/decode.ts'
import type { ConnectionView, ConnectorContext, HttpRequest } from '#core/contracts/connector.ts'
import type { MappedDocument, Plan, RunProblem } from '#core/contracts/mapper.ts'
import { checkInvariants } from '#core/documents/invariants.ts'
import { createValidator } from '#core/documents/validate.ts'
import { loadMappings, readSchemas } from '#core/mapping/load.ts'
import { createMapper } from '#core/mapping/mapper.ts'
import { fixturesDir } from '#test/support/fixtures.ts'

const MAPPINGS = fileURLToPath(new URL('../../mappings', import.meta.url))

/** Where the real payloads are; null without them. */
export const folder = fixturesDir() === null ? null : join(fixturesDir()!, 'woocommerce')

export const read = (file: string): Buffer => readFileSync(join(folder!, file))

export const connection: ConnectionView = {
  ...{ id: 'woo', tenant: 'acme', connector: 'woocommerce' },
  settings: { shopUrl: 'https://shop.example', weightUnit: 'kg' },
  secrets: { consumerKey: ['ck_1'], consumerSecret: ['cs_1'] },
}

export interface Result {
  document?: MappedDocument
  skipped?: string
  problems: RunProblem[]
}

export interface Translator {
  readonly plans: ReadonlyMap<string, Plan>
  /** What differs from the source schemas, of all that was translated. */
  readonly drift: Set<string>
  /** Bytes to documents; `answers` are what the shop says, by path. */
  translate(body: Buffer, topic: string, answers?: Record<string, unknown>): Promise<Result[]>
}

/** The way of a payload through the connector and the mapping of its topic, as the hub goes it. */
export async function openTranslator(): Promise<Translator> {
  const { schemas, sources } = await readSchemas(MAPPINGS)
  const validator = createValidator(schemas)
  const mapper = createMapper({ schemas, sources })
  const plans = (await loadMappings(MAPPINGS, mapper, file => file.startsWith('storefronts/woocommerce/')))
    .byTopic
  const drift = new Set<string>()
  const { id, tenant, settings } = connection

  const resultOf = (plan: Plan, record: unknown, topic: string): Result => {
    const bindings = { topic, headers: {}, connection: { id, tenant, settings } }
    const run = mapper.run(plan, record, { bindings })
    if (!run.ok)
      return 'problems' in run ? { problems: run.problems } : { skipped: run.skipped, problems: [] }
    const misfits = validator.validate(plan.target!, run.output.body)
    const problems = misfits.length > 0 ? misfits : checkInvariants(plan.target!, run.output.body)
    return { document: run.output, problems }
  }

  return {
    plans,
    drift,
    async translate(body, topic, answers = {}) {
      const message = { topic, dedupeKey: topic, headers: {}, body, via: 'webhook' }
      const decoded = await decode(message, shopThatAnswers(answers))
      if ('skip' in decoded) throw new Error(`It is skipped: ${decoded.skip}`)
      const plan = plans.get(`woocommerce ${topic}`)!
      const detect = mapper.driftDetector(plan)!
      for (const { kind, pointer } of decoded.records.flatMap(detect))
        drift.add(`${kind} ${plan.source} ${pointer}`)
      return decoded.records.map(record => resultOf(plan, record, topic))
    },
  }
}

/** Answers the paths it is given, and nothing else. */
const shopThatAnswers = (answers: Record<string, unknown>): ConnectorContext =>
  ({
    connection,
    http: {
      async request({ url }: HttpRequest) {
        const path = new URL(url).pathname.replace('/wp-json/wc/v3', '')
        if (!(path in answers)) throw new Error(`Nobody was to ask for ${path}.`)
        return { status: 200, headers: { 'x-wp-totalpages': '1' }, body: answers[path] }
      },
    },
    now: () => 0,
    signal: new AbortController().signal,
  }) as unknown as ConnectorContext
