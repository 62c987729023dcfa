import { connectorsSuite } from './connectors.suite.ts'

// Those that do not load have no kind, and fail here.
await connectorsSuite(kind => kind !== 'storefront')
