// The shop's part for developers: buttons that run one line of the chat's JavaScript each, and what the chat tells the page. Not
// part of the product; everything that can be said is in docs/WIDGET.md.
const LINES = {
  'chat.open()': (chat) => chat.open(),
  'chat.close()': (chat) => chat.close(),
  'chat.toggle()': (chat) => chat.toggle(),
  'chat.hide()': (chat) => chat.hide(),
  'chat.show()': (chat) => chat.show(),
  "chat.identify({ name: 'Anna Berg', email: 'anna@example.com' })": (chat) =>
    chat.identify({ name: 'Anna Berg', email: 'anna@example.com' }),
  "chat.setAttributes({ plan: 'gold', orders: 3 })": (chat) => chat.setAttributes({ plan: 'gold', orders: 3 }),
  "chat.setTheme('dark')": (chat) => chat.setTheme('dark'),
  "chat.setLocale('de')": (chat) => chat.setLocale('de'),
  'chat.reset()': (chat) => chat.reset(),
};
const EVENTS = ['ready', 'open', 'close', 'message:sent', 'message:received', 'unread'];
/** The log keeps the newest. */
const NOTES_MAX = 8;

const buttons = document.querySelector('#lines');
const notes = document.querySelector('#notes');

function note(text) {
  const line = document.createElement('li');
  line.textContent = text;
  notes.prepend(line);
  while (notes.children.length > NOTES_MAX) notes.lastElementChild.remove();
}

(window.frontdesk ||= []).push((chat) => {
  for (const name of EVENTS) {
    chat.on(name, (value) => note(value === undefined ? name : `${name}: ${value}`));
  }
  for (const [line, run] of Object.entries(LINES)) {
    const button = document.createElement('button');
    button.textContent = line;
    button.onclick = async () => {
      try {
        await run(chat);
      } catch (error) {
        note(error.message);
      }
    };
    const item = document.createElement('li');
    item.append(button);
    buttons.append(item);
  }
});
