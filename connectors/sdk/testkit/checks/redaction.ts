import assert from 'node:assert/strict'
import { HubError } from '#core/errors/hub-error.ts'
import type { Bench } from '../bench/bench.ts'
import type { CheckGroup } from '../kit.ts'
import { callsOf, canCall } from '../support/calls.ts'
import { hasSamples } from '../support/delivered.ts'
import { failing } from '../support/faults.ts'
import { assertSilent, personsIn } from '../support/leaks.ts'
import { sampleMessages, withBody } from '../support/sample-messages.ts'
import { translated } from '../support/translated.ts'

/** A partner that puts into its answer whatever it knows of somebody. */
const PERSON = { email: 'zoe.unluer@buyers.example', phone: '+49 170 5551234' }

const STATUSES = [400, 401, 403, 404, 409, 422, 429, 500]

export const redaction: CheckGroup = {
  name: 'redaction',
  checks: [
    {
      name: 'no secret and nobody’s address is in an error, whatever the partner answers',
      applies: canCall,
      async run(kit) {
        for (const call of callsOf(kit))
          for (const code of STATUSES) {
            const bench = await kit.open()
            const failed = await failing(kit, bench, call, () => ({
              kind: 'answer',
              status: code,
              body: gossip(bench),
            }))
            const said = failed && 'error' in failed ? sayings(failed.error) : []
            assertSilent(
              [...said, ...logLines(bench)],
              [...bench.secrets(), ...Object.values(PERSON)],
              `${call.file}, HTTP ${code}`,
            )
          }
      },
    },
    {
      name: 'no secret is in the log of a call that works',
      applies: canCall,
      async run(kit) {
        for (const call of callsOf(kit)) {
          const bench = await kit.open()
          await call.prepare?.(bench)
          await call.run(bench)
          assertSilent(logLines(bench), bench.secrets(), call.file)
        }
      },
    },
    {
      name: 'nobody of a payload is in the error about it',
      applies: hasSamples,
      async run(kit) {
        const bench = await kit.open()
        for (const { message } of await sampleMessages(kit, bench)) {
          const persons = personsIn(message.body)
          for (const person of persons) {
            const broken = withBody(message, torn(message.body, person))
            const said = await translated(kit, bench, broken).then(
              results =>
                results.flatMap(result =>
                  result.outcome === 'problems' ? result.problems.map(one => one.message) : [],
                ),
              (thrown: unknown) => sayings(thrown),
            )
            assertSilent(
              [...said, ...logLines(bench)],
              persons,
              `${message.topic}: the error about a broken body`,
            )
          }
        }
      },
    },
  ],
}

const gossip = (bench: Bench): string =>
  JSON.stringify({
    message: `Customer ${PERSON.email} (${PERSON.phone}), Bearer ${bench.secrets()[0] ?? 'none'}, is not welcome.`,
    errors: [
      { code: 'INVALID', detail: `${PERSON.email} Bearer ${bench.secrets()[0]}`, message: PERSON.phone },
    ],
  })

/** Everything that an error says, down its chain of causes. */
function sayings(thrown: unknown): string[] {
  const said: string[] = []
  for (let at: unknown = thrown; at instanceof Error && said.length < 20; at = at.cause) {
    said.push(at.message)
    if (at instanceof HubError) said.push(at.detail, at.fingerprint ?? '')
  }
  return said
}

const logLines = ({ logs }: Bench): string[] => logs.map(line => JSON.stringify(line))

/** JSON that breaks off its text right where somebody is named: parsers like to quote the place. */
function torn(body: Buffer, person: string): Buffer {
  const text = body.toString()
  const at = text.indexOf(person)
  assert.ok(at >= 0, 'The person is not in the body.')
  return Buffer.from(`${text.slice(0, at).replace(/"$/, '')}${text.slice(at)}`)
}
