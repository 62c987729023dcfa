import type { Document } from 'mongodb'

/** A stored record. Beside the members of the record it may have `seq`, `version` and `mark`, which only the store knows. */
export interface Row extends Document {
  _id: string
}

/** How the records of one noun are kept. */
export interface Shape<T> {
  /** The members given, as they are stored; undefined is absent. */
  stored(record: Partial<T>): Document
  record(row: Document): T
}

export interface ShapeOptions<T> {
  /** The member that is the `_id`; without one, the `_id` says nothing that the members do not. */
  id?: keyof T & string
  /** Free-form members, kept as JSON text: their keys may have dots and dollars, their depth no bound, their numbers no type. */
  json?: readonly (keyof T & string)[]
}

export function shapeOf<T extends object>({ id, json = [] }: ShapeOptions<T>): Shape<T> {
  const isJson = (member: string): boolean => json.some(one => one === member)
  return {
    stored(record) {
      const members = Object.entries(record).filter(([, value]) => value !== undefined)
      return Object.fromEntries(
        members.map(([member, value]) => [
          member === id ? '_id' : member,
          isJson(member) ? JSON.stringify(value) : value,
        ]),
      )
    },
    record({ _id, seq: _seq, version: _version, mark: _mark, ...members }) {
      const parsed = Object.entries(members).map(([member, value]) => [
        member,
        isJson(member) ? JSON.parse(value) : value,
      ])
      return { ...Object.fromEntries(parsed), ...(id && { [id]: _id }) } as T
    },
  }
}

/** The `_id` of what several values name together. */
export const identity = (...values: readonly (string | number)[]): string => JSON.stringify(values)
