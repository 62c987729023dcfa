import type { MappingFile, Plan } from '../../contracts/mapper.ts'
import type { CaseResult, ReadFile } from '../cases.ts'
import { rankOf } from './layer-stack.ts'
import type { Audience, Layer, MappingCatalogue, MappingChange } from './mapping-catalogue.ts'
import { casesPathOf } from './mapping-files.ts'
import { readHeader } from './read-header.ts'
import { type CaseFile, runSafely } from './run-safely.ts'
import { sideEffects } from './side-effects.ts'

/** What would hold for somebody after the change. */
export interface Outlook {
  audience: Audience
  layers: readonly Layer[]
  plan: Plan
}

export interface CaseCheck {
  catalogue: MappingCatalogue
  readCase: ReadFile
  change: MappingChange & { file: MappingFile }
  /** Test file that is published along; absent: the one that held so far. */
  cases: string | undefined
  /** Of all whom the change concerns; first of whom its scope names. */
  outlooks: readonly [Outlook, ...Outlook[]]
}

/** All results, and the test file that holds from now on. */
interface Checked {
  results: CaseResult[]
  cases: string
}

/**
 * A mapping that starts over is held to its cases: those it brings, else those of the one it replaces. An overlay is held
 * to its own, and to those of the mapping below: these may differ only in leaves that the overlay names. What a variable
 * or a table that it changes does elsewhere is shown by a case of the same name among its own. Overlays for fewer people
 * that stand above keep their cases too.
 */
export function checkCases(check: CaseCheck): Checked {
  const { cases, results } = isOverlay(check.change.file) ? checkOverlay(check) : checkMapping(check)
  const above = check.outlooks.flatMap(outlook => casesAbove(check, outlook))
  return { cases, results: [...results, ...distinct(above)] }
}

function checkMapping(check: CaseCheck): Checked {
  const { catalogue, change, outlooks } = check
  const [{ audience, plan }] = outlooks
  const [replaced] = catalogue.layers(change.mapping, audience)
  const cases = check.cases ?? replaced?.cases ?? ''
  if (cases.trim() === '') return { cases, results: [NO_CASES] }
  return { cases, results: runFile(check, plan, { path: casesPathOf(change.file.path), text: cases }) }
}

function checkOverlay(check: CaseCheck): Checked {
  const { catalogue, change, outlooks } = check
  const [{ audience, plan }] = outlooks
  const replaced = catalogue
    .layers(change.mapping, audience)
    .find(({ published, scope, file }) => published && scope === change.scope && isOverlay(file))
  const cases = check.cases ?? replaced?.cases ?? ''
  const file = { path: casesPathOf(change.file.path), text: cases }
  const own = cases.trim() === '' ? [] : runFile(check, plan, file)
  const shown = new Set(own.map(({ name }) => name))
  const others = casesBelow(check).filter(({ name }) => !shown.has(name))
  return { cases, results: [...own, ...others] }
}

/** Cases of the mapping that the overlay is laid over, without it and with it. */
function casesBelow({ catalogue, readCase, change, outlooks }: CaseCheck): CaseResult[] {
  const { mapper } = catalogue
  const [{ audience, plan: after }] = outlooks
  const { layers, result } = catalogue.stackWith({ ...change, file: null }, audience)
  const [base] = layers
  if (!base || !result.plan) return []
  const file = { path: casesPathOf(base.file.path), text: base.cases }
  return sideEffects({ mapper, readCase, before: result.plan, after, overlay: change.file }, file)
}

/** Cases of the overlays that hold for fewer people than the change. */
function casesAbove(check: CaseCheck, { layers, plan }: Outlook): CaseResult[] {
  const narrower = layers.filter(
    ({ scope, file, cases }) => rankOf(scope) > rankOf(check.change.scope) && isOverlay(file) && cases !== '',
  )
  return narrower.flatMap(layer => {
    const file = { path: casesPathOf(layer.file.path), text: layer.cases }
    const named = (name: string) => `${layer.file.published ?? layer.file.path}: ${name}`
    return runFile(check, plan, file).map(result => ({ ...result, name: named(result.name) }))
  })
}

/** A tenant's overlay stands in the stacks of all its connections. */
const distinct = (results: readonly CaseResult[]): CaseResult[] => [
  ...new Map(results.map(result => [JSON.stringify(result), result])).values(),
]

const runFile = ({ catalogue, readCase }: CaseCheck, plan: Plan, file: CaseFile): CaseResult[] =>
  runSafely({ mapper: catalogue.mapper, plan, readCase }, file)

const isOverlay = (file: { path: string; text: string }): boolean => readHeader(file).extends !== null

const NO_CASES: CaseResult = {
  name: 'cases',
  ok: false,
  differences: ['A mapping is published with cases, and there are none.'],
}
