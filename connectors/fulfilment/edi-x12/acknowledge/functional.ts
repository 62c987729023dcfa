import type { X12Group, X12Interchange, X12Segment, X12Set } from '../../../sdk/index.ts'
import { fromRecord } from '../sets/from-record.ts'
import { LAYOUTS } from '../sets/layouts.ts'
import { isUseless, type SyntaxError997, syntaxErrors } from '../sets/syntax.ts'

export type Verdict = 'A' | 'E' | 'R'

export interface SetVerdict {
  verdict: Verdict
  errors: readonly SyntaxError997[]
  /** AK502 and following. */
  codes: readonly string[]
}

/** AK501: what we do with a set, by its envelope and its syntax. */
export function verdictOf(set: X12Set, syntax: 'note' | 'reject'): SetVerdict {
  const errors = syntaxErrors(set)
  const isKnown = Object.hasOwn(LAYOUTS, set.code)
  const codes = [
    ...set.problems.map(({ code }) => code),
    ...(errors.length > 0 ? ['5'] : []),
    ...(isKnown ? [] : ['1']),
  ]
  const isRejected =
    !isKnown ||
    set.problems.some(({ grave }) => grave) ||
    isUseless(errors) ||
    (syntax === 'reject' && errors.length > 0)
  return { errors, codes, verdict: isRejected ? 'R' : codes.length > 0 ? 'E' : 'A' }
}

export interface GroupVerdict {
  /** All sets of the group are refused, whatever they say. */
  refused: boolean
  syntax: 'note' | 'reject'
}

/** The 997 for a group (X12 004010 and 005010): AK1, AK2 to AK5 for each set, AK9. Positions and codes only, no data. */
export function acknowledgementOf(group: X12Group, { refused, syntax }: GroupVerdict): X12Segment[] {
  const verdicts = group.sets.map(set => ({ set, ...verdictOf(set, syntax) }))
  const accepted = refused ? 0 : verdicts.filter(({ verdict }) => verdict !== 'R').length
  const isNoted = group.problems.length > 0 || verdicts.some(({ verdict }) => verdict === 'E')
  const all = accepted === group.sets.length && !refused
  const word = all ? (isNoted ? 'E' : 'A') : accepted > 0 ? 'P' : 'R'
  const codes = group.problems.map(({ code }) => code)
  return fromRecord(
    {
      AK1: { AK101: group.code, AK102: group.control },
      AK2: verdicts.map(({ set, verdict, errors, codes: setCodes }) => ({
        ...{ AK201: set.code, AK202: set.control },
        AK3: errors.slice(0, 99).map(segmentError),
        AK5: { AK501: refused ? 'R' : verdict, ...numbered('AK5', 2, setCodes) },
      })),
      AK9: {
        ...{ AK901: word, AK902: group.sets.length, AK903: group.sets.length, AK904: accepted },
        ...numbered('AK9', 5, codes),
      },
    },
    LAYOUTS['997']!,
  )
}

const segmentError = ({ segment, position, code, elements }: SyntaxError997) => ({
  ...{ AK301: segment, AK302: position, AK304: code },
  AK4: elements.map(element => ({ AK401: element.position, AK403: element.code })),
})

/** Up to five codes, from element `first` on. */
const numbered = (segment: string, first: number, codes: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    [...new Set(codes)].slice(0, 5).map((code, index) => [`${segment}0${first + index}`, code]),
  )

/** TA1 for an interchange that asks for one: A accepted, E with errors, R rejected, and the first error’s code. */
export function ta1Of(interchange: X12Interchange, refused: boolean): X12Segment {
  const { control, header, problems } = interchange
  const word = refused ? 'R' : problems.length > 0 ? 'E' : 'A'
  return {
    id: 'TA1',
    elements: [
      control,
      header[8] ?? '',
      header[9] ?? '',
      word,
      problems[0]?.code ?? (refused ? '025' : '000'),
    ],
  }
}
