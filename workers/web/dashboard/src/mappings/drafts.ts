/** What somebody typed and did not publish, per mapping and layer. It survives a reload and ends with the tab. */
export interface Drafts {
  /** Key of the layer that was open. */
  open: string | null
  texts: Record<string, string>
}

const keyOf = (mapping: string): string => `crossdock drafts ${mapping}`

export function readDrafts(mapping: string): Drafts {
  try {
    const { open = null, texts = {} } = JSON.parse(
      sessionStorage.getItem(keyOf(mapping)) ?? '{}',
    ) as Partial<Drafts>
    return { open, texts }
  } catch {
    // Not ours, or storage is switched off: nothing was kept.
    return { open: null, texts: {} }
  }
}

export function writeDrafts(mapping: string, drafts: Drafts): void {
  try {
    sessionStorage.setItem(keyOf(mapping), JSON.stringify(drafts))
  } catch {
    // Storage is full or switched off. The text stays on the page.
    return
  }
}
