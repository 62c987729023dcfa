/** Turns with the `aria-expanded` of the button it stands in. */
export const Chevron = () => (
  <svg class="chevron" width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
    <path d="m4 2.5 3.5 3.5L4 9.5" />
  </svg>
)
