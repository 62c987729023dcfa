import { AssertionError } from 'node:assert'
import type { Manifest } from '#core/contracts/connector.ts'
import { type Bench, openBench } from './bench/bench.ts'
import { CHECK_GROUPS } from './checks/checks.ts'
import type { Conformance } from './conformance.ts'
import type { Check, Kit, KitTools } from './kit.ts'

export interface CheckResult {
  group: string
  name: string
  outcome: 'passed' | 'failed' | 'skipped'
  /** What is wrong, or why it does not apply. */
  detail: string
  ms: number
}

/** Real time that a check may take: more means that something waits for ever. */
const MOST_MS = 20_000

/** Every check of a connector, one after the other. */
export async function* runChecks(conformance: Conformance, tools: KitTools): AsyncGenerator<CheckResult> {
  for (const { name: group, checks } of CHECK_GROUPS)
    for (const check of checks)
      yield { group, name: check.name, ...(await outcomeOf(check, conformance, tools)) }
}

/** Why a check does not apply: the partner's own reason first; null where it does, or where running it will say what is wrong. */
export function skipReason(check: Check, conformance: Conformance, tools: KitTools): string | null {
  try {
    const applies = conformance.skips?.[check.name] ?? check.applies(kitOf(conformance, tools, []))
    return applies === true ? null : applies
  } catch {
    return null
  }
}

/** Resolves if the promise holds, with a reason where there was nothing to check. Whatever was opened is closed. */
export async function runCheck(
  check: Check,
  conformance: Conformance,
  tools: KitTools,
): Promise<string | undefined> {
  const opened: Bench[] = []
  const timer = limit()
  try {
    return (await Promise.race([check.run(kitOf(conformance, tools, opened)), timer.passed])) ?? undefined
  } finally {
    timer.cancel()
    for (const bench of opened) await bench.close()
  }
}

async function outcomeOf(
  check: Check,
  conformance: Conformance,
  tools: KitTools,
): Promise<Omit<CheckResult, 'group' | 'name'>> {
  const began = performance.now()
  const ended = (outcome: CheckResult['outcome'], detail = '') => ({
    ...{ outcome, detail },
    ms: Math.round(performance.now() - began),
  })
  try {
    const reason = skipReason(check, conformance, tools)
    if (reason !== null) return ended('skipped', reason)
    const nothing = await runCheck(check, conformance, tools)
    return nothing === undefined ? ended('passed') : ended('skipped', nothing)
  } catch (thrown) {
    return ended('failed', sentenceOf(thrown))
  }
}

/** An assertion says what is wrong; anything else escaped, and the place helps. */
function sentenceOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return `Something that is no error was thrown: ${String(thrown)}`
  if (thrown instanceof AssertionError) return thrown.message
  const [, place = ''] = (thrown.stack ?? '').split(/\n\s+at /)
  return `${thrown.name}: ${thrown.message} (${place.replace(/file:\/\/\S*?\/(?=(?:connectors|core|workers)\/)/, '')})`
}

/** Of a declared channel, what its settings make of the manifest. */
function manifestOf({ connector: { manifest }, connection }: Conformance): Manifest {
  return manifest.ofConnection
    ? { ...manifest, ...manifest.ofConnection(connection('https://partner.invalid').settings) }
    : manifest
}

const kitOf = (conformance: Conformance, tools: KitTools, opened: Bench[]): Kit => ({
  ...{ conformance, tools },
  connector: conformance.connector,
  manifest: manifestOf(conformance),
  async open() {
    const bench = await openBench(conformance)
    opened.push(bench)
    return bench
  },
})

function limit() {
  let handle: NodeJS.Timeout | undefined
  const passed = new Promise<never>((_resolve, reject) => {
    handle = setTimeout(
      () =>
        reject(new AssertionError({ message: `It does not end: no result within ${MOST_MS / 1_000} s.` })),
      MOST_MS,
    )
  })
  return { passed, cancel: () => clearTimeout(handle) }
}
