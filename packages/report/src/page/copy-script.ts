// The only script of a page: copy buttons, hidden until it runs. Without the clipboard (a page opened from a file in
// some browsers) the text is selected instead, ready for the reader's own copy.

export const copyScript = `for (const button of document.querySelectorAll('button[data-copy]')) {
  const source = document.getElementById(button.dataset.copy);
  const label = button.textContent;
  const say = (text) => {
    button.textContent = text;
    setTimeout(() => { button.textContent = label; }, 2000);
  };
  const select = () => {
    getSelection().selectAllChildren(source);
    say('Selected');
  };
  button.hidden = false;
  button.addEventListener('click', () => {
    if (!navigator.clipboard) select();
    else navigator.clipboard.writeText(source.textContent).then(() => say('Copied'), select);
  });
}`;
