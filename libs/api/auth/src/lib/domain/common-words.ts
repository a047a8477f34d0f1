/**
 * What guessable passwords are made of: the words, names and keyboard walks that head the published lists of breached
 * passwords. A password is judged by what is left once these, and its digits and signs, are taken away; so the list
 * holds stems and not their endless variations.
 */
export const COMMON_WORDS: ReadonlySet<string> = new Set(
  `password passwort passwd passphrase pass motdepasse contrasena senha parola wachtwoord
  welcome willkommen bienvenue login signin letmein open enter access admin administrator root superuser user guest
  master default changeme change secret private secure security test testing tester demo example sample temp temporary
  qwerty qwertz azerty qwertyuiop asdf asdfgh asdfghjkl zxcv zxcvbn zxcvbnm qazwsx wsxedc qweasd qweasdzxc qazxsw poiuy
  lkjhg mnbvc iloveyou ilovey love lover loveme lovely princess prince king queen angel angels baby babygirl
  babyboy sunshine moonlight flower rainbow monkey dragon tiger lion eagle falcon panther bear wolf shadow ninja
  samurai pokemon naruto minecraft roblox fortnite starwars skywalker batman superman spiderman ironman avengers
  football baseball basketball soccer hockey cricket tennis golf liverpool chelsea arsenal barcelona realmadrid
  manchester juventus yankees cowboys steelers lakers jordan michael jackson jessica jennifer ashley nicole amanda
  daniel david robert thomas william charlie andrew matthew joshua anthony christopher alexander alexandra victoria
  samantha elizabeth maria maggie buster ginger pepper cookie chocolate banana apple orange cherry summer winter
  spring autumn january february march april june july august september october november december monday tuesday
  wednesday thursday friday saturday sunday holiday birthday christmas freedom hello hallo goodbye whatever nothing
  something computer internet google facebook youtube twitter instagram whatsapp microsoft windows linux ubuntu
  samsung iphone android server database mysql oracle network system manager company office business money dollar
  bitcoin trustno trust family friend friends forever mother father brother sister jesus christ god heaven hell devil
  killer hunter ranger soldier police knight wizard warrior legend hero zero one two three four five six seven eight
  nine ten hundred thousand million first second third last new old my your our the and for you are not this that with
  correct horse battery staple please thanks thank start stop begin control mustang ferrari porsche mercedes toyota
  honda yamaha harley camaro corvette merlin phoenix diamond silver golden gold purple yellow green black white blue
  red pink india mumbai delhi africa london paris berlin america canada australia germany brazil mexico
  abc abcd abcdef abcdefg xyz aaa bbb ccc ddd xxx zzz qwe asd zxc wsx edc rfv tgb yhn`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

/** Rows of the keyboard and of the alphabet: any walk along one of them, either way, is no secret. */
export const WALKS: readonly string[] = [
  '01234567890123456789',
  'abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz',
  'qwertyuiop',
  'qwertzuiop',
  'azertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'yxcvbnm',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p',
  '1q2w3e4r5t6y7u8i9o0p',
  'qawsedrftgyhujikolp',
  '!@#$%^&*()',
];
