/** Where the focus goes when what had it is dismissed: to the page, in place of the top of the document. */
export function focusContent(): void {
  document.getElementById('content')?.focus({ preventScroll: true })
}
