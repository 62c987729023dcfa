import type { ConnectionView, ConnectorContext } from '../../../sdk/index.ts'
import { odooApi } from '../api.ts'
import { masterData } from '../master-data.ts'
import type { ContactBody } from './body.ts'
import type { Cells } from './cells.ts'

/** Columns of a postal address as Odoo keeps it. */
export async function contactCells(contact: ContactBody, context: ConnectorContext): Promise<Cells> {
  const { countries } = await masterData(context)
  const country = countries.get(contact.country ?? '')
  const state = country === undefined ? undefined : await stateOf(country, contact, context)
  return {
    name: contact.name || 'Customer',
    street: contact.street ?? '',
    street2: contact.street2 ?? '',
    city: contact.city ?? '',
    zip: contact.zip ?? '',
    'state_id/.id': state === undefined ? '' : String(state),
    'country_id/.id': country === undefined ? '' : String(country),
    phone: contact.phone ?? '',
  }
}

interface State {
  id: number
  code: string
  name: string
}

const STATES = new WeakMap<ConnectionView, Map<number, Promise<State[]>>>()

/** By its code, else by its name; a province that Odoo does not keep is left out. */
async function stateOf(
  country: number,
  { state, stateName }: ContactBody,
  context: ConnectorContext,
): Promise<number | undefined> {
  if (!state && !stateName) return undefined
  const known = STATES.get(context.connection) ?? new Map<number, Promise<State[]>>()
  STATES.set(context.connection, known)
  const reading = known.get(country) ?? readStates(country, context)
  known.set(country, reading)
  reading.catch(() => known.delete(country))
  const states = await reading
  const named = (text: string | undefined, of: keyof State) =>
    text ? states.find(one => String(one[of]).toLowerCase() === text.trim().toLowerCase()) : undefined
  return (named(state, 'code') ?? named(stateName, 'name') ?? named(state, 'name'))?.id
}

const readStates = (country: number, context: ConnectorContext): Promise<State[]> =>
  odooApi(context).searchRead<State>('res.country.state', {
    ...{ domain: [['country_id', '=', country]], fields: ['code', 'name'] },
  })
