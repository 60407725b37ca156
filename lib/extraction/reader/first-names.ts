import names from "human-names";

const { allEn, allIt, allFr, allDe, allEs, allNl } = names;
/** Names from elsewhere, which the library of European names does not have. */
const OTHERS = `aaliyah aarav aditi aditya aisha ajay akash akiko akira alejandro ali alicja amina amir amira ananya andrzej aneta anh aniket
anjali arjun asha ashok asuka ayesha aylin ayse aziz bartek beata bilal bogdan burak camila chen chidi chika chinwe daichi dariusz deepa
deepak demir dimitri divya dmitri dong duc ebru ekaterina elif emeka emre esra fatma fernanda folake funmi gabriela ganesh grzegorz
guadalupe hafsa hamid hamza hana hao haruki hasan hassan hiroshi huda hung ibrahim ifeoma igor imani iryna isha ivan jaya jin jing joanna
juan jun kamil kareem kartik kasia katarzyna kavita kazimierz kemal kenji khadija khalid kiran kofi kostas krishna krzysztof kwame ladan
lakshmi leila li liang lin ling linh luis maciej magda mahmoud malik malgorzata manish marek mariam marwa mehdi mehmet mei meera meena
mehmet miguel min ming minh mohamed mohammed muhammad murat mustafa nadia naoki natasha neha nga ngozi nguyen nia nikhil nikos nimra
nisha noor nour nuria obinna oksana oleg olga omar omer osman oya pawel pedro pooja pradeep pranav prakash priya priyanka qing radek
rahul raj rajesh rajiv ravi rekha rina rohan rohit ryo sachiko sadia sakura samir samira sandeep sanjay santiago sanjana saoirse selim
serkan sergei shanice shinji shreya shu sibongile siddharth sinead siobhan slawek sneha sofia soo stanislaw sunil suresh swati takashi
tamar tariq tatiana temi thabo thandi thi tomasz tuan uma usha valentina vanya vijay vikram vinod vladimir wei wojciech xavier xiao xin yael
yan yang yara yasmin ying yolanda yuki yuri yusuf zainab zara zeynep zhang zoe zofia zuzanna`;

const FIRST_NAMES = new Set(
  [allEn, allIt, allFr, allDe, allEs, allNl, OTHERS.split(/\s+/)].flat().map((name) => name.toLowerCase()),
);

/** Names that are as often the word they look like. */
const WORDS = new Set(
  "django claude alexa siri america israel london paris kenya india china asia cuba ireland italy france brazil geneva vienna rome berlin lake scotland africa wales valencia art clay joy hope will may april june august grace mark faith rose summer autumn dawn bill rich drew chase grant dale glen guy jack pat penny ray rob sandy skip sue tony wade ivy iris lily violet daisy amber ruby pearl crystal star angel brook heather holly hazel ginger honey sky so my an sunny early love fate an in ad age ally ate bay bear benedict berry blue boy breeze buck buddy buster cash cat chance charity christian cliff constant dash dean destiny dot dusty echo fares ferry flip floor forest foster garrison gene grey harm harmony has haven heaven hind honesty honor hub hung ids indie jazz jet job joke journey junior just justice kale kick kitty lane leaf ledger liberty line link loan lucky mare margarita max mercy miles min miracle nail ocean page patience peace prince reef rider river rock rocky said sonny spike stone storm till tiny trace tray van wolf aspen major minor earl king queen duke baron royal rusty carry terry merry cherry candy olive basil sage robin raven phoenix jade ivory baker mason taylor hunter carter cooper porter fisher parker".split(
    " ",
  ),
);

/** Whether a word is a first name and little else. */
export function isFirstName(word: string): boolean {
  const lower = word.toLowerCase();
  return FIRST_NAMES.has(lower) && !WORDS.has(lower);
}
