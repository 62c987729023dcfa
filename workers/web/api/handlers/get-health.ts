import type { Handler } from '../route.ts'

export const getHealth: Handler = ({ principal }, { health }) => health.snapshot(principal.tenant)
