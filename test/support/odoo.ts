/** An Odoo of this machine and a key of one of its users. */
export interface OdooServer {
  url: string
  db: string
  apiKey: string
}

/** Null, with a printed reason, where there is none. Tests make records of their own: nothing there is to be reset. */
export function odooServer(): OdooServer | null {
  const { ODOO_URL: url, ODOO_DB: db, ODOO_API_KEY: apiKey } = process.env
  if (url && db && apiKey) return { url, db, apiKey }
  console.warn('skipped: ODOO_URL, ODOO_DB and ODOO_API_KEY name no Odoo')
  return null
}
