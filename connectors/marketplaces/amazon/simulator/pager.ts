/** Continuations that remember their list, as Amazon's do: what changes meanwhile does not move it. */
export interface Pager {
  page<T>(list: readonly T[], size: number): { items: T[]; next: string | null }
  /** Undefined: no such continuation. */
  resume<T>(token: string, size: number): { items: T[]; next: string | null } | undefined
}

export function createPager(): Pager {
  const rest = new Map<string, readonly unknown[]>()
  let count = 0

  function page<T>(list: readonly T[], size: number) {
    const items = list.slice(0, size)
    if (list.length <= size) return { items, next: null }
    const next = Buffer.from(`page ${++count}`).toString('base64')
    rest.set(next, list.slice(size))
    return { items, next }
  }

  return {
    page,
    resume<T>(token: string, size: number) {
      const list = rest.get(token) as readonly T[] | undefined
      return list && page(list, size)
    },
  }
}
