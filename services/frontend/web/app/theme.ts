import { type CSSVariablesResolver, createTheme, defaultVariantColorsResolver, type VariantColorsResolver } from '@mantine/core'

/*
 * One accent, and colours that keep the contrast of WCAG AA: Mantine's own miss it for muted text, for light badges and for some filled buttons.
 */

/** Light variants: dark text on a tint in light, light text on a shade in dark. */
const variantColors: VariantColorsResolver = input => {
  const colors = defaultVariantColorsResolver(input)
  const name = input.color ?? input.theme.primaryColor
  if (!(name in input.theme.colors)) return colors
  const shade = (index: number) => `var(--mantine-color-${name}-${index})`
  // Shade 9 of the light colours (yellow, lime, orange, green) is still too pale for small text.
  const ink = `light-dark(color-mix(in srgb, ${shade(9)} 62%, black), ${shade(2)})`
  const tint = (amount: number) => `color-mix(in srgb, ${shade(6)} ${amount}%, transparent)`
  if (input.variant === 'light') {
    return { ...colors, color: ink, background: tint(14), hover: tint(22) }
  }
  if (input.variant === 'subtle' || input.variant === 'transparent') {
    return { ...colors, color: ink, background: 'transparent', hover: tint(12) }
  }
  return colors
}

export const theme = createTheme({
  primaryColor: 'indigo',
  primaryShade: { light: 8, dark: 7 },
  colors: {
    // Of the hue of the surfaces below: Mantine's own greys look brown beside them.
    dark: ['#dde0e5', '#b9bec7', '#868d98', '#686e79', '#40454e', '#353a42', '#272a30', '#1f2227', '#1a1c20', '#121316'],
  },
  autoContrast: true,
  defaultRadius: 'md',
  fontFamily: "Inter, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif",
  fontFamilyMonospace: "ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', monospace",
  headings: { fontWeight: '650' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  variantColorResolver: variantColors,
  components: {
    // A <header> in a dialog counts as another banner of the page.
    ModalHeader: { defaultProps: { component: 'div' } },
    DrawerHeader: { defaultProps: { component: 'div' } },
    ModalTitle: { defaultProps: { fw: 650, lh: 1.4 } },
    DrawerTitle: { defaultProps: { fw: 650, lh: 1.4 } },
  },
})

/** Text colours of Mantine that are too faint, and ours. In CSS: `var(--ws-line)` and the like. */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#fcfcfd',
    '--mantine-color-dimmed': '#565e69',
    '--mantine-color-placeholder': '#626a75',
    '--mantine-color-error': '#c92a2a',
    '--mantine-color-anchor': '#3b5bdb',
    '--ws-surface': '#ffffff',
    '--ws-line': '#e4e7ec',
    '--ws-hover': '#f3f5f8',
    '--ws-accent': '#3b5bdb',
    '--ws-category-default': '#4263eb',
    '--ws-category-task': '#0c8599',
    '--ws-category-meeting': '#d9480f',
  },
  dark: {
    '--mantine-color-body': '#131417',
    '--mantine-color-dimmed': '#a3a9b3',
    '--mantine-color-placeholder': '#989ea8',
    '--mantine-color-error': '#ff8787',
    '--mantine-color-anchor': '#91a7ff',
    '--ws-surface': '#1a1c20',
    '--ws-line': '#2c2f36',
    '--ws-hover': '#22252a',
    '--ws-accent': '#91a7ff',
    '--ws-category-default': '#748ffc',
    '--ws-category-task': '#3bc9db',
    '--ws-category-meeting': '#ffa94d',
  },
})
