/** Before `npm start`: the pages are built unless they are there and newer than their sources. */
import { buildDashboard } from '#workers/cli/demo/build-dashboard.ts'

await buildDashboard()
