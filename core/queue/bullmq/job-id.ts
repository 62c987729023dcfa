/**
 * A work id as BullMQ takes it: it refuses `:` and whole numbers, and `meta` or `active` would be keys of its own.
 * Colons are escaped as in a JSON Pointer (RFC 6901): ids are full of them, and every job holds its id twice.
 */
export const jobIdOf = (id: string): string => `.${id.replaceAll('~', '~0').replaceAll(':', '~1')}`

export const workIdOf = (jobId: string): string => jobId.slice(1).replaceAll('~1', ':').replaceAll('~0', '~')
