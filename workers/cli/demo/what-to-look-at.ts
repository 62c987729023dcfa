import type { Hub } from '../../compose/hub.ts'
import { configFile } from './demo-config.ts'
import type { Partners } from './partners.ts'

/** Printed when the load is over and the pages stay open. */
export async function whatToLookAt(
  { base }: Hub,
  { shop, erpUrl }: Partners,
  dataDir: string,
): Promise<string> {
  const { url } = await base.signIn.createLink({ role: 'admin', label: 'demo' })
  const hub = `HUB_CONFIG=${configFile(dataDir)} npm run -s hub --`
  const number = [...shop.orders.values()].at(-1)?.name ?? ''
  return `
Look at
  the dashboard     ${url}
                    (opens one session, once, within 15 minutes)
  an order          search for ${number} on the page, or in another terminal:
                    ${hub} trace '${number}'
  the dead letters  ${hub} causes list
  the ERP           ${erpUrl}/_state

The shop goes on selling slowly. Ctrl+C ends the demo and removes its data.`
}
