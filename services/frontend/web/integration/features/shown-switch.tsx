import { Switch, type SwitchProps } from '@mantine/core'
import classes from './shown-switch.module.css'

/** A switch that shows whether it is on also to those who may not change it. */
export function ShownSwitch(props: SwitchProps) {
  return <Switch {...props} classNames={{ input: classes.input, track: classes.track, thumb: classes.thumb }} />
}
