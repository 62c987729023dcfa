import type { ComponentChildren } from 'preact'

interface NoticeProps {
  tone: 'ok' | 'bad' | 'info'
  title: string
  children?: ComponentChildren
}

/** A line that is read out when it appears. */
export function Notice({ tone, title, children }: NoticeProps) {
  return (
    <p class={`notice ${tone}`} role={tone === 'bad' ? 'alert' : 'status'}>
      <strong>{title}</strong> {children}
    </p>
  )
}
