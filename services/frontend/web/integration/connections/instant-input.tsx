import { TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { toInstant, toLocal } from './local-time.ts'

type Props = {
  label: string
  /** RFC 3339; undefined for no limit. */
  value: string | undefined
  onChange: (instant: string | undefined) => void
  error?: ReactNode
}

/** A moment in the viewer's zone, by the browser's own field. What is half typed stays in the field and changes nothing yet. */
export function InstantInput({ label, value, onChange, error }: Props) {
  const [typed, setTyped] = useState({ text: toLocal(value), value })
  // Changed from elsewhere: by the address, or by clearing.
  const text = typed.value === value ? typed.text : toLocal(value)
  const change = (next: string) => {
    const instant = toInstant(next)
    if (instant === undefined && next !== '') return setTyped({ text: next, value })
    setTyped({ text: next, value: instant })
    onChange(instant)
  }
  return (
    <TextInput
      type="datetime-local"
      size="sm"
      label={label}
      value={text}
      error={error}
      onChange={event => change(event.currentTarget.value)}
    />
  )
}
