import { Combobox, TextInput, useCombobox } from '@mantine/core'
import { IconCheck, IconSearch } from '@tabler/icons-react'
import { type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { Option } from './choices.ts'
import classes from './panel.module.css'

type Props = {
  /** What is chosen from: the name of the list. */
  name: string
  placeholder: string
  options: Option[]
  chosen: readonly string[]
  onToggle: (option: Option) => void
  typed: string
  onType: (typed: string) => void
  /** What stands in place of the options: a skeleton, a failure, or why there are none. */
  instead?: ReactNode
}

/** A list of which several can be chosen, and a field that narrows it and moves in it: arrow keys go through it, Enter chooses. */
export function OptionList({ name, placeholder, options, chosen, onToggle, typed, onType, instead }: Props) {
  const { t } = useTranslation('filters')
  const list = useCombobox({ opened: true })
  const { selectFirstOption, resetSelectedOption } = list
  const first = options[0]?.value
  // Enter chooses what typing found.
  useEffect(() => {
    if (typed && first !== undefined) selectFirstOption()
    else resetSelectedOption()
  }, [typed, first, selectFirstOption, resetSelectedOption])
  return (
    <Combobox
      store={list}
      resetSelectionOnOptionHover
      onOptionSubmit={value => {
        const option = options.find(option => option.value === value)
        if (option) onToggle(option)
      }}
    >
      <div className={classes.find}>
        <Combobox.EventsTarget withExpandedAttribute>
          <TextInput
            data-autofocus
            // Escape is for what this stands in.
            data-mantine-stop-propagation={undefined}
            size="sm"
            aria-label={placeholder}
            placeholder={placeholder}
            leftSection={<IconSearch size={15} stroke={1.8} aria-hidden="true" />}
            value={typed}
            onChange={event => onType(event.currentTarget.value)}
          />
        </Combobox.EventsTarget>
      </div>
      <p className={classes.count} role="status">
        {typed && !instead ? t('matches', { count: options.length }) : ''}
      </p>
      {instead}
      <Combobox.Options
        aria-label={name}
        aria-multiselectable="true"
        className={classes.options}
        hidden={options.length === 0 || Boolean(instead)}
      >
        {options.map(option => {
          const isChosen = chosen.includes(option.value)
          return (
            <Combobox.Option key={option.value} value={option.value} active={isChosen} aria-selected={isChosen} className={classes.option}>
              <IconCheck size={16} stroke={2} aria-hidden="true" className={classes.check} />
              <span className={classes.optionName}>{option.name}</span>
              {option.note && <span className={classes.note}>{option.note}</span>}
            </Combobox.Option>
          )
        })}
      </Combobox.Options>
    </Combobox>
  )
}
