import { connectorsSuite } from './connectors.suite.ts'

await connectorsSuite(kind => kind === 'storefront')
