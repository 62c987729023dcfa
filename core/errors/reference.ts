import { type ErrorRow, REGISTER } from './register.ts'

/** `ERRORS.md`, from the register. */
export function errorReference(): string {
  const rows = Object.entries<ErrorRow>(REGISTER).map(
    ([code, row]) => `| \`${code}\` | ${row.recovery} | ${row.fault} | ${row.message} | ${row.fix} |`,
  )
  return `# Errors

Generated from \`register.ts\` by \`npm run generate\`. The engine switches on *recovery* alone: \`retry\` (back-off with cap
and full jitter), \`wait\` (costs no attempt), \`reauthorize\` (holds the connection's work), \`park\` (dead letter),
\`skip\` (counted), \`halt\` (stops the process). *Fault* says who has to act.

| code | recovery | fault | what it says | what to do |
| --- | --- | --- | --- | --- |
${rows.join('\n')}
`
}
