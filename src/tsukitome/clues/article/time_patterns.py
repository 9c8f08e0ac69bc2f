"""The forms in which news names a time, and the words behind it that make it none of the contract's own."""

from __future__ import annotations

import re
from functools import cache

from tsukitome.normalize.dates import era_words

NUMBER = r"(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
PART = r"上旬|中旬|下旬|初旬|初め|はじめ|半ば|なかば|末|前半|後半"
_OF_YEAR = r"春|夏|秋|冬|年末|年明け|年初|年度末|暮れ|末|初め|前半|後半|上半期|下半期|上期|下期|当初|第?[1-4]・?四半期|前期|後期"
_RELATIVE = (
    r"(?:(?<![一-龥])(?:一昨年|おととし|昨年|去年|前年|今年|ことし|本年|同年|翌年|来年)"
    r"|(?<![0-9])(?:[0-9]{1,2}|[二三四五六七八九十])年前(?:の(?=[0-9一二三四五六七八九十春夏秋冬年]))?|半年前)"
)
# Filled in by time_pattern, since a reader may add to the eras.
_ERA, _LETTERS = "<ERA>", "<LETTERS>"
_YEAR = (
    rf"(?:{_ERA}|(?:19|20)[0-9]{{2}}|[12二一][〇九][〇一二三四五六七八九]{{2}})年(?!度|間|契約|ぶり|目|以上|余|前|連続|来|分)"
    rf"(?:\((?:{_ERA}|(?:19|20)?[0-9]{{2}})年?\))?"
    rf"|(?:19|20)[0-9]{{2}}\({_ERA}\)年|{_ERA}\((?:19|20)[0-9]{{2}}\)年|(?:{_RELATIVE})(?!度)(?:\((?:{_ERA}|(?:19|20)?[0-9]{{2}})年?\))?|(?<![0-9])[0-9]{{1,2}}年(?=[0-9]{{1,2}}月(?!間)|の?[春夏秋冬](?:に|、|から))"
)
_FISCAL = (
    rf"(?:{_ERA}|(?:19|20)[0-9]{{2}}|[12二一][〇九][〇一二三四五六七八九]{{2}}|(?<![0-9])[0-9]{{1,2}})年度|(?<![一-龥])(?:一昨|昨|去|前|今|本|同|翌|来)年度"
    rf"|(?:{_ERA}|(?:19|20)[0-9]{{2}})\((?:{_ERA}|(?:19|20)?[0-9]{{2}})\)年度"
)
_DAY = rf"(?:{NUMBER}日(?!間|目|連続|程度|以内|以上|ぶり|前|後|分)(?:付け?)?|{PART})"
_MONTH = (
    rf"(?:(?:{NUMBER}[〜~・、-])?{NUMBER}月(?!間|分|末締)"
    rf"|(?<![一-龥])(?:先々月|先月|前月|今月|同月|翌月)|(?<![0-9])[0-9]{{1,2}}[かカヵケ]月前)(?:の?{_DAY})?"
)
_SLASHED = (
    r"(?:(?:19|20)[0-9]{2}[-/.][01]?[0-9](?:[-/.][0-3]?[0-9])?"
    rf"|(?<![A-Za-z0-9]){_LETTERS}[0-9]{{1,2}}\.[01]?[0-9](?:\.[0-3]?[0-9])?)(?![0-9.])"
)
_SHORT = r"(?<![一-龥])[昨今][春夏秋冬](?![一-龥])"
# 2014〜16年度, 平成26〜28年度: the unit is printed once.
_SPAN = rf"(?:(?:19|20)[0-9]{{2}}|{_ERA})[〜~、・-][0-9]{{1,4}}年度?"
_POINT = (
    rf"(?:{_SPAN}|{_SLASHED}|(?:{_FISCAL})(?:の?(?:{_OF_YEAR}))?|(?:{_YEAR})(?:の?(?:{_MONTH}|{_OF_YEAR}))?|{_MONTH}|{_SHORT}"
    rf"|元日|大みそか|大晦日|年末|年明け|年度末|年度当初|同日|同{NUMBER}日)"
)
LINK = r"(?:から|〜|~|より|-)"
_TIME = (
    rf"(?P<first>{_POINT})(?:{LINK}(?:の|、)?(?P<second>{_POINT}|{PART}|春|夏|秋|冬)(?P<across>にかけて)?)?"
    rf"|(?<![0-9同月第])(?P<day>[0-9]{{1,2}}日(?!間|目|連続|程度|以内|以上|ぶり|前|後|分)(?:付け?)?)"
)


@cache
def time_pattern() -> re.Pattern[str]:
    """A time as news names it: ``first``, in a range ``second``, or a ``day`` without its month."""
    names, letters = era_words()
    return re.compile(_TIME.replace(_ERA, f"(?:{names})(?:元|{NUMBER})").replace(_LETTERS, f"(?:{letters})"))


# Behind a time: a span of work, a deadline, or a benefit's month: nothing of the contract's own day.
NO_TIME_AFTER = re.compile(
    r"(?:まで|までの|以降|以後|以来|からの|より前|以前|当時|時点|現在|を期限|が期限|の納期|納期|期限|付の文書|付で(?!契約|委託|発注|締結)"
    r"|支払い?分|支給分|分の(?:年金|給付|給料|手当|保険料|料金)|の(?:老齢)?年金|の(?:定時)?支払|の?(?:定例)?(?:会見|議会|委員会|会議|国会|市議会|県議会|都議会|選挙|理事会|総会)"
    r"|[0-9]{1,2}時|[ \u3000]*[0-9]{1,2}:[0-9]{2}|[ \u3000]*(?:午前|午後)|生まれ"
    r"|創業|設立|開業|施行|改正|公布|の?予算|の?当初予算|補正予算)"
)
RANGE_OF_WORK = re.compile(r"(?:まで|の期間|にわた|の[0-9一二三四五]+(?:年|か月|カ月)間)")
UNTIL = re.compile(r"まで(?:に|、|の間に|の間、)")
DATELINE = re.compile(r"時|公開|更新|掲載|配信|夕刊|朝刊|:|付$|記事|発信|[(\[【][^。]*[)\]】]")


STATED = re.compile(
    r"(?:日|時期|年月|年度|したの|されたの|[んだた]の|締結日|は|が|:|\(|（|・|、|して?いた|んで)+[^、。]{0,6}$"
)
