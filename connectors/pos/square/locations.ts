import type { Api } from '../../sdk/index.ts'

export interface Location {
  id: string
  name?: string
  timezone?: string
  status?: string
  merchant_id?: string
}

export async function fetchLocations(api: Api): Promise<Location[]> {
  const { body } = await api.call<{ locations?: Location[] }>({ path: '/locations' })
  return (body.locations ?? []).toSorted((a, b) => (a.id < b.id ? -1 : 1))
}
