/** What `GET /connectors` tells of a partner, as far as these pages read it. */
export interface ConnectorView {
  id: string
  name: string
  kind: string
  api: { version: string; sunset?: string; docs: string }
  /** `no-app`: once an administrator gives the hub's app at this partner. */
  connects: 'yes' | 'no-app' | 'no'
  auth?: { kind: string; settingsFromCallback?: Record<string, string> }
  settings: { required?: string[]; properties?: Record<string, SettingSchema> }
}

export interface SettingSchema {
  type?: string
  title?: string
  description?: string
  pattern?: string
  format?: string
  enum?: string[]
  default?: unknown
}

/** Settings that the partner's page cannot be opened without. */
export function settingsToAsk({ settings, auth }: ConnectorView): [name: string, schema: SettingSchema][] {
  const told = Object.values(auth?.settingsFromCallback ?? {})
  const needed = (settings.required ?? []).filter(name => !told.includes(name) || hasPlace(name))
  return needed.map(name => [name, settings.properties?.[name] ?? {}])

  // Where the page to agree at lies in the setting itself (a shop's domain), it is asked for all the same.
  function hasPlace(name: string): boolean {
    return settings.properties?.[name]?.pattern !== undefined
  }
}
