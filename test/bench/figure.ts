/** A line of the table. */
export interface Figure {
  name: string
  value: number
  what: string
  /** The figure is good when it is on this side of the target. */
  atLeast?: number
  atMost?: number
}
