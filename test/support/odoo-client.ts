import type { OdooServer } from './odoo.ts'

/** Odoo asked beside the hub, by nothing that the hub itself uses: for what is prepared and what is compared. */
export interface OdooClient {
  call<T>(model: string, method: string, args?: Record<string, unknown>): Promise<T>
  /** All that match, relations as bare ids. */
  read<Row>(
    model: string,
    domain: readonly unknown[],
    fields: readonly string[],
  ): Promise<(Row & { id: number })[]>
}

export function odooClient({ url, db, apiKey }: OdooServer): OdooClient {
  const headers = {
    authorization: `bearer ${apiKey}`,
    'content-type': 'application/json',
    'x-odoo-database': db,
  }
  async function call<T>(model: string, method: string, args: Record<string, unknown> = {}): Promise<T> {
    const body = JSON.stringify(args)
    const answer = await fetch(`${url}/json/2/${model}/${method}`, { method: 'POST', headers, body })
    const text = await answer.text()
    if (answer.ok) return JSON.parse(text) as T
    const { name, message } = JSON.parse(text) as { name: string; message: string }
    throw new Error(`${model}/${method}: ${name}: ${message}`)
  }
  return {
    call,
    read: (model, domain, fields) => call(model, 'search_read', { domain, fields, load: null }),
  }
}
