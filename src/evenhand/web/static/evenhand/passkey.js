// Says on the page, not only in the console, that a passkey did not work.
document.addEventListener('allauth.error', (event) => {
  const text = document.getElementById('passkey-failed')
  if (text) {
    event.preventDefault()
    text.hidden = false
    text.focus()
  }
})
