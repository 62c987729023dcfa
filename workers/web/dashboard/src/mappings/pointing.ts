import type { ExplainedLeaf, Problem, RunProblem } from '../api/mapping-types.ts'
import type { Flaw } from '../editor/flaw.ts'
import type { LayerChoice } from './layers.ts'

/**
 * Whether a rule or problem of this file stands in the open layer. Without a name it stands in the lowest one; a name that
 * no other layer has is that of the text being edited.
 */
export function standsIn(
  layer: LayerChoice,
  choices: readonly LayerChoice[],
  file: string | undefined,
): boolean {
  return layerOf(choices, file, layer) === layer
}

export function layerOf(
  choices: readonly LayerChoice[],
  file: string | undefined,
  open: LayerChoice,
): LayerChoice {
  const present = choices.filter(choice => choice.file !== null)
  if (file === undefined) return present.at(-1) ?? open
  return present.find(choice => choice.file === file) ?? open
}

export const pointersAt = (leaves: readonly ExplainedLeaf[], line: number | null): ReadonlySet<string> =>
  new Set(leaves.filter(leaf => leaf.line === line).map(({ pointer }) => pointer))

/** What the editor underlines: problems of the text, then of the message that is mapped. */
export function flawsOf(problems: readonly Problem[], runProblems: readonly RunProblem[]): Flaw[] {
  return [
    ...problems.map(({ severity, line, column, message, hint }) => ({
      severity,
      line,
      column,
      message,
      hint,
    })),
    ...runProblems.map(({ line, column, message }) => ({
      severity: 'error' as const,
      line,
      column,
      message,
      hint: 'For the message on the right.',
    })),
  ]
}
