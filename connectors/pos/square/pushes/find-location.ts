import { type Api, type ConnectorContext, HubError } from '../../../sdk/index.ts'
import { fetchLocations } from '../locations.ts'
import { squareSettings } from '../settings.ts'

export interface Square {
  api: Api
  context: ConnectorContext
}

export interface Place {
  externalId?: string
  code?: string
  name?: string
}

/** The location that the settings name, else one of Square itself, else the only one. */
export async function findLocation(
  { api, context }: Square,
  { externalId = '', code = '', name = '' }: Place = {},
): Promise<string> {
  const { locations = {}, locationId } = squareSettings(context.connection)
  const places = locations as Readonly<Record<string, string>>
  const named = [externalId, code, name].find(place => Object.hasOwn(places, place))
  if (named !== undefined) return places[named]!
  if (locationId) return locationId
  const active = (await fetchLocations(api)).filter(({ status }) => status !== 'INACTIVE')
  const known = active.find(({ id }) => id === externalId || id === code)
  if (known) return known.id
  if (active.length === 1) return active[0]!.id
  throw new HubError('PARTNER_REFUSED', {
    detail: 'The settings do not say which location of Square this is.',
    fingerprint: 'location',
  })
}
