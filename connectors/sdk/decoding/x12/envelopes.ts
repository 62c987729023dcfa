import type { X12Delimiters } from './delimiters.ts'
import type { PlacedSegment, X12Segment } from './segments.ts'
import type { X12Group, X12Problem, X12Set } from './x12.ts'

interface Open<T> {
  head: PlacedSegment
  items: T[]
}

/**
 * Takes the segments of one interchange in their order and checks its envelopes: counts and control numbers of IEA, GE and
 * SE. A count that is wrong or a trailer that is missing is grave (something is cut off); in group and interchange a
 * trailer’s number that is another is a wrong label, which real partners send.
 */
export function openInterchange(text: string, control: string, { element }: X12Delimiters) {
  const groups: X12Group[] = []
  const acknowledgements: X12Segment[] = []
  const problems: X12Problem[] = []
  let group: Open<X12Set> | null = null
  let set: Open<X12Segment> | null = null
  let ended = false

  function endSet(trailer: PlacedSegment | null): void {
    if (!set || !group) return
    group.items.push(setOf(text, set, trailer))
    set = null
  }

  function endGroup(trailer: PlacedSegment | null): void {
    endSet(null)
    if (!group) return
    groups.push(groupOf(text, group, { trailer, element }))
    group = null
  }

  function stray({ id }: PlacedSegment): void {
    problems.push(grave('024', `The segment ${id.slice(0, 3)} stands outside of a transaction set.`))
  }

  const take: Record<string, (segment: PlacedSegment) => void> = {
    TA1: segment => void acknowledgements.push(plain(segment)),
    GS(segment) {
      endGroup(null)
      group = { head: segment, items: [] }
    },
    GE: segment => (group ? endGroup(segment) : stray(segment)),
    ST(segment) {
      endSet(null)
      if (group) set = { head: segment, items: [] }
      else stray(segment)
    },
    SE: segment => (set ? endSet(segment) : stray(segment)),
    IEA(segment) {
      endGroup(null)
      ended = true
      problems.push(...interchangeProblems(segment, groups.length, control))
    },
  }

  return {
    take(segment: PlacedSegment): void {
      const special = Object.hasOwn(take, segment.id) ? take[segment.id] : undefined
      if (special) special(segment)
      else if (set) set.items.push(plain(segment))
      else stray(segment)
    },
    close() {
      endGroup(null)
      if (!ended) problems.push(grave('023', 'The interchange ends without IEA.'))
      return { groups, acknowledgements, problems }
    },
  }
}

const plain = ({ id, elements }: PlacedSegment): X12Segment => ({ id, elements })

const grave = (code: string, message: string): X12Problem => ({ code, message, grave: true })

const count = (text: string | undefined): number => (/^\d+$/.test(text ?? '') ? Number(text) : Number.NaN)

/** `1` and `000000001` are one number. */
const same = (one = '', other = ''): boolean =>
  one.trim().replace(/^0+(?=.)/, '') === other.trim().replace(/^0+(?=.)/, '')

function interchangeProblems(trailer: PlacedSegment, groups: number, control: string): X12Problem[] {
  const [included, number] = trailer.elements
  const problems: X12Problem[] = []
  if (count(included) !== groups)
    problems.push(grave('021', `IEA01 says ${shown(included)} groups, there are ${groups}.`))
  if (!same(number, control))
    problems.push({
      code: '001',
      message: `IEA02 is ${shown(number)}, ISA13 is ${shown(control)}.`,
      grave: false,
    })
  return problems
}

function groupOf(
  text: string,
  { head, items }: Open<X12Set>,
  { trailer, element }: { trailer: PlacedSegment | null; element: string },
): X12Group {
  const [code = '', sender = '', receiver = '', date = '', time = '', control = '', , version = ''] =
    groupElements(head.elements, element)
  const problems: X12Problem[] = []
  if (!trailer) problems.push(grave('3', 'The group ends without GE.'))
  else {
    const [included, number] = trailer.elements
    if (count(included) !== items.length)
      problems.push(grave('5', `GE01 says ${shown(included)} sets, there are ${items.length}.`))
    if (!same(number, control))
      problems.push({
        code: '4',
        message: `GE02 is ${shown(number)}, GS06 is ${shown(control)}.`,
        grave: false,
      })
  }
  return {
    ...{ code, sender, receiver, date, time, control, version, problems },
    sets: items,
    text: text.slice(head.start, head.end),
  }
}

/** Whoever writes the separator into the sender’s code shifts the rest: counted from the end it is right again. */
function groupElements(elements: readonly string[], element: string): string[] {
  const trimmed = elements.map(value => value.trim())
  const more = trimmed.length - 8
  if (more <= 0) return trimmed
  return [trimmed[0] ?? '', trimmed.slice(1, 2 + more).join(element), ...trimmed.slice(2 + more)]
}

function setOf(text: string, { head, items }: Open<X12Segment>, trailer: PlacedSegment | null): X12Set {
  const [code = '', control = ''] = head.elements.map(value => value.trim())
  const problems: X12Problem[] = []
  const last = trailer ?? head
  if (!trailer) problems.push(grave('2', 'The transaction set ends without SE.'))
  else {
    const [included, number] = trailer.elements
    if (!same(number, control))
      problems.push(grave('3', `SE02 is ${shown(number)}, ST02 is ${shown(control)}.`))
    if (count(included) !== items.length + 2)
      problems.push(grave('4', `SE01 says ${shown(included)} segments, there are ${items.length + 2}.`))
  }
  return { code, control, segments: items, problems, text: text.slice(head.start, last.end) }
}

/** Control numbers and counts are digits; anything else is not repeated. */
const shown = (value = ''): string => (/^\d{1,14}$/.test(value.trim()) ? value.trim() : '(no number)')
