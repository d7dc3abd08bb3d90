// Before anything is drawn: who chose a colour scheme against the system's shall not see a flash of the other one. The key is the one Mantine keeps it under.
try {
  const chosen = localStorage.getItem('mantine-color-scheme-value')
  if (chosen === 'light' || chosen === 'dark') {
    document.documentElement.style.colorScheme = chosen
    document.documentElement.dataset.mantineColorScheme = chosen
  }
} catch {
  // Storage is refused: the system's scheme it is.
}
