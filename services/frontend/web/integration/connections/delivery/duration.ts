/** How long after one moment another was, as people say it: `86 ms`, `2.4 sec`, `3 min`, `2 hr`, in the given language. */
export function durationText(from: string, to: string, language: string): string {
  const ms = Math.max(0, new Date(to).getTime() - new Date(from).getTime())
  const [value, unit] =
    ms < 1_000
      ? [ms, 'millisecond']
      : ms < 60_000
        ? [ms / 1_000, 'second']
        : ms < 3_600_000
          ? [ms / 60_000, 'minute']
          : ms < 86_400_000
            ? [ms / 3_600_000, 'hour']
            : [ms / 86_400_000, 'day']
  const style = { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: value < 10 ? 1 : 0 } as const
  return new Intl.NumberFormat(language, style).format(value)
}
