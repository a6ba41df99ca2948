// The emoji that can be picked: a small set by groups, each with the words that find it. Not every emoji there is: keyboards have
// those, and they can be typed.

/** The groups, in the order of the picker. */
export const EMOJI_GROUPS = [
  'smileys',
  'gestures',
  'nature',
  'food',
  'places',
  'things',
  'symbols',
] as const;

export type EmojiGroup = (typeof EMOJI_GROUPS)[number];

/** One emoji. `words` are English, in lower case. */
export interface Emoji {
  char: string;
  group: EmojiGroup;
  words: string;
}

/** "char words, char words": one text per group is the shortest form that a person can still edit. */
const SET: Record<EmojiGroup, string> = {
  smileys:
    '😀 grin smile happy,😃 smile happy,😄 laugh smile happy,😁 beam grin,😆 laugh,😅 sweat relief phew,🤣 rofl laugh floor,😂 joy tears laugh,🙂 slight smile,🙃 upside down,😉 wink,😊 blush smile,😇 angel innocent,🥰 love hearts,😍 heart eyes love,🤩 star struck wow,😘 kiss,😋 yum delicious,😛 tongue,😜 wink tongue,🤪 zany crazy,🤗 hug,🤭 oops giggle,🤫 quiet shush,🤔 think hmm,🤐 zipper secret,🤨 eyebrow doubt,😐 neutral,😑 blank,😏 smirk,🙄 eye roll,😬 grimace awkward,😌 relieved calm,😔 pensive sad,😴 sleep tired,🤒 ill sick thermometer,🤕 hurt bandage,🥵 hot,🥶 cold,😵 dizzy,🤯 mind blown,🥳 party celebrate,😎 cool sunglasses,🤓 nerd,🧐 monocle inspect,😕 confused,😟 worried,🙁 frown sad,😮 surprised oh,😯 hushed,😲 astonished,😳 flushed embarrassed,🥺 pleading please,😢 cry sad tear,😭 sob cry,😱 scream fear,😖 confounded,😞 disappointed,😓 sweat,😩 weary,😤 huff triumph,😡 angry,😠 cross angry,🤖 robot bot,👻 ghost,💩 poop',
  gestures:
    '👍 thumbs up yes ok good,👎 thumbs down no bad,👌 ok perfect,✌️ victory peace,🤞 fingers crossed luck,🤝 handshake deal,🙏 please thanks pray,👏 clap bravo,🙌 hands raised hooray,👋 wave hello bye,🤙 call me,💪 strong muscle,🫶 heart hands love,👇 down below,👆 up above,👉 right this,👈 left,✋ hand stop,🖐️ hand five,🤷 shrug,🤦 facepalm,🙋 raise hand question,🙇 bow sorry,👀 eyes look,🧠 brain,❤️ heart love red,🧡 orange heart,💛 yellow heart,💚 green heart,💙 blue heart,💜 purple heart,🖤 black heart,🤍 white heart,💔 broken heart,💯 hundred perfect,💥 boom,💫 dizzy star,💬 speech message',
  nature:
    '🐶 dog,🐱 cat,🐭 mouse,🐰 rabbit,🦊 fox,🐻 bear,🐼 panda,🐨 koala,🦁 lion,🐮 cow,🐷 pig,🐸 frog,🐵 monkey,🙈 see no evil monkey,🐔 chicken,🐧 penguin,🐦 bird,🦉 owl,🐝 bee,🦋 butterfly,🐢 turtle,🐙 octopus,🐳 whale,🌵 cactus,🎄 christmas tree,🌲 tree,🌴 palm,🌱 seedling plant,🍀 clover luck,🌷 tulip flower,🌹 rose flower,🌻 sunflower,🌸 blossom,🌍 earth world,🌙 moon night,⭐ star,🌟 glowing star,✨ sparkles,⚡ lightning fast,🔥 fire hot,🌈 rainbow,☀️ sun,⛅ cloud,🌧️ rain,❄️ snow,💧 drop water,🌊 wave sea',
  food: '🍎 apple,🍐 pear,🍊 orange,🍋 lemon,🍌 banana,🍉 melon,🍇 grapes,🍓 strawberry,🍒 cherry,🍑 peach,🥭 mango,🍍 pineapple,🥑 avocado,🍅 tomato,🥕 carrot,🌽 corn,🥐 croissant,🍞 bread,🧀 cheese,🥚 egg,🥞 pancakes,🍔 burger,🍟 fries,🍕 pizza,🌮 taco,🥗 salad,🍝 pasta,🍣 sushi,🍜 noodles,🍪 cookie,🎂 cake birthday,🍰 cake,🍫 chocolate,🍬 sweet candy,🍦 ice cream,☕ coffee,🍵 tea,🥤 drink,🍺 beer,🍷 wine,🥂 cheers champagne,🍾 champagne',
  places:
    '🚗 car,🚕 taxi,🚌 bus,🚲 bike,🛵 scooter,🚂 train,✈️ plane flight,🚀 rocket launch,🚚 truck delivery,🚢 ship,⛵ sail boat,🏠 house home,🏢 office,🏪 shop store,🏥 hospital,🏨 hotel,🏖️ beach,🏔️ mountain,⛺ tent camp,🗺️ map,📍 pin place,🧭 compass,⛽ fuel,🚦 traffic light',
  things:
    '🎉 party tada celebrate,🎊 confetti,🎁 gift present,🎈 balloon,🏆 trophy win,🥇 medal gold first,⚽ football,🏀 basketball,🎮 game,🎵 music note,🎸 guitar,🎬 film,📷 camera photo,📱 phone mobile,💻 laptop computer,🖨️ printer,⌨️ keyboard,🔋 battery,🔌 plug,💡 idea bulb,🔦 torch,📦 package parcel box,📫 mailbox,📧 email,✉️ envelope letter,📄 page document,📎 paperclip attach,📌 pin,📅 calendar date,📈 chart up,📉 chart down,🧾 receipt invoice,💳 card pay,💰 money,💶 euro,💵 dollar,🛒 cart basket,🛍️ shopping bags,🏷️ label price tag,🔑 key,🔒 lock closed,🔓 unlock,🔧 wrench fix,🔨 hammer,🛠️ tools,⚙️ settings gear,🧹 broom clean,🧪 test tube,💊 pill,🩹 plaster,⏰ alarm clock,⏳ hourglass wait,⌚ watch,📞 telephone call,🔔 bell,📣 megaphone,🔍 search,✏️ pencil,📚 books,👕 shirt,👖 jeans,👗 dress,👟 shoe,👜 bag,👓 glasses,💍 ring,☂️ umbrella',
  symbols:
    '✅ check done yes,☑️ check box,✔️ check,❌ cross no wrong,❗ exclamation,❓ question,‼️ double exclamation,⚠️ warning,🚫 forbidden,⛔ no entry,🛑 stop,♻️ recycle,🔄 refresh sync,🔁 repeat,➡️ right arrow,⬅️ left arrow,⬆️ up arrow,⬇️ down arrow,↩️ back,➕ plus,➖ minus,✖️ times,💲 dollar,©️ copyright,®️ registered,™️ trademark,🔴 red,🟠 orange,🟡 yellow,🟢 green,🔵 blue,🟣 purple,⚫ black,⚪ white,🆕 new,🆓 free,🆗 ok,🆘 sos help,🔝 top,🔜 soon,1️⃣ one,2️⃣ two,3️⃣ three,ℹ️ information',
};

/** All emoji, group by group. */
export const EMOJI: readonly Emoji[] = EMOJI_GROUPS.flatMap((group) =>
  SET[group].split(',').map((entry) => {
    const [char = '', ...words] = entry.split(' ');
    return { char, group, words: words.join(' ') };
  }),
);

/** Those of which a word begins with each word of the query; all for an empty one. */
export function findEmoji(query: string): readonly Emoji[] {
  const wanted = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return EMOJI;
  return EMOJI.filter(({ char, words }) => {
    const known = [char, ...words.split(' ')];
    return wanted.every((part) => known.some((word) => word.startsWith(part)));
  });
}
