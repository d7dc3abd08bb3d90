import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch, IconX } from '@tabler/icons-react'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './filters.module.css'

type Props = {
  /** What the view is narrowed by. */
  text: string
  onSearch: (text: string) => void
  inputRef: RefObject<HTMLInputElement | null>
}

/** Searches while one types, a moment after the last key; at once on Enter. */
export function SearchField({ text, onSearch, inputRef }: Props) {
  const { t } = useTranslation('filters')
  const [typed, setTyped] = useState(text)
  // What came back from the address is what was sent: it must not overtake the typing.
  const sent = useRef(text)
  const search = useDebouncedCallback((next: string) => {
    sent.current = next
    onSearch(next)
  }, 300)
  useEffect(() => {
    if (text === sent.current) return
    search.cancel()
    sent.current = text
    setTyped(text)
  }, [text, search])
  const type = (next: string) => {
    setTyped(next)
    search(next)
  }
  const clear = () => {
    type('')
    search.flush()
    inputRef.current?.focus()
  }
  return (
    <div className={classes.search}>
      <IconSearch size={16} stroke={1.8} aria-hidden="true" className={classes.searchIcon} />
      <input
        ref={inputRef}
        type="text"
        inputMode="search"
        enterKeyHint="search"
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        aria-label={t('search')}
        placeholder={t('search')}
        className={classes.searchInput}
        value={typed}
        onChange={event => type(event.currentTarget.value)}
        onKeyDown={event => {
          if (event.key === 'Enter') search.flush()
          if (event.key === 'Escape' && typed) clear()
        }}
      />
      {typed && (
        <button type="button" className={classes.searchClear} aria-label={t('clearSearch')} onClick={clear}>
          <IconX size={14} aria-hidden="true" />
        </button>
      )}
    </div>
  )
}
