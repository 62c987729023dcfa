import type { ComponentChildren } from 'preact'

interface PanelProps {
  id: string
  title: string
  /** Beside the title, on the right. */
  aside?: ComponentChildren
  children: ComponentChildren
}

export function Panel({ id, title, aside, children }: PanelProps) {
  return (
    <section class="panel" aria-labelledby={id}>
      <header class="panel-head">
        <h2 id={id}>{title}</h2>
        {aside && <div class="panel-aside">{aside}</div>}
      </header>
      {children}
    </section>
  )
}

interface EmptyProps {
  title?: string
  children?: ComponentChildren
}

/** What is not there, and what to do next. */
export function Empty({ title, children }: EmptyProps) {
  return (
    <div class="empty">
      {title && <p class="empty-title">{title}</p>}
      {children}
    </div>
  )
}

/** Grey bars in the shape of what will come. */
export function Skeleton({ lines = 3, height = 14 }: { lines?: number; height?: number }) {
  return (
    <div class="skeleton" role="status" aria-label="Loading">
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} style={{ height: `${height}px` }} />
      ))}
    </div>
  )
}
