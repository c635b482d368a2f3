# ruff: noqa: E501  # as programs write it
"""What programs put on the clipboard when text is copied there, each in its own shape.

Made by hand for this project, in the shape that each program writes: the words are the same in all.
"""

from __future__ import annotations

import re

WORD = """<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:\
office" xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40">
<head><meta http-equiv=Content-Type content="text/html; charset=utf-8"><meta name=ProgId \
content=Word.Document><link rel=File-List href="file:///C:/Temp/filelist.xml"><!--[if gte mso 9]>\
<xml><o:OfficeDocumentSettings><o:AllowPNG/></o:OfficeDocumentSettings><w:WordDocument><w:View>\
Normal</w:View></w:WordDocument></xml><![endif]--><style><!-- /* Style Definitions */
p.MsoNormal, li.MsoNormal {mso-style-unhide:no;margin:0cm;font-size:11.0pt;}
@list l0:level1 {mso-level-number-format:bullet;} --></style><!--[if gte mso 10]><style>
table.MsoNormalTable {mso-style-name:"Table Normal";}</style><![endif]--></head>
<body lang=EN-GB link="#0563C1" style='tab-interval:36.0pt'><!--StartFragment-->
<h1><span lang=EN-US style='mso-ansi-language:EN-US'>Ferry is back<o:p></o:p></span></h1>
<p class=MsoNormal><span lang=EN-US>The ferry carried <b>3,900</b> cars, says <a
href="https://town.example/report"><span style='color:#0563C1'>the town</span></a>.<span
style='mso-spacerun:yes'>  </span>Nobody asked why.<a style='mso-footnote-id:ftn1' href="#_ftn1"
name="_ftnref1"><span class=MsoFootnoteReference><span style='mso-special-character:footnote'><![if
!supportFootnotes]><span class=MsoFootnoteReference>[1]</span><![endif]></span></span></a>\
<o:p></o:p></span></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if
!supportLists]><span style='font-family:Symbol;mso-list:Ignore'>·<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;&nbsp; </span></span><![endif]>A new
pier<o:p></o:p></p>
<p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp; </span></span><![endif]>\
Two boats<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='mso-list:l1 level1 lfo2'><![if !supportLists]><span
style='mso-list:Ignore'>1.<span style='font:7.0pt "Times New Roman"'>&nbsp; </span></span>\
<![endif]>One crew<o:p></o:p></p>
<table class=MsoTableGrid border=1 cellspacing=0><tr style='mso-yfti-irow:0'><td width=301
valign=top><p class=MsoNormal><b>Year<o:p></o:p></b></p></td><td><p class=MsoNormal><b>Cars</b></p>\
</td></tr><tr><td><p class=MsoNormal>2024<o:p></o:p></p></td><td><p class=MsoNormal>3,900</p></td>\
</tr></table>
<p class=MsoNormal><del cite="mailto:Ann" datetime="2026-11-01T10:00"><span lang=EN-US>Gone.</span>\
</del><ins cite="mailto:Ann"><span lang=EN-US>It is so.</span></ins></p>
<!--EndFragment--></body></html>"""

GOOGLE_DOCS = """<meta charset='utf-8'><meta charset="utf-8"><b style="font-weight:normal;" \
id="docs-internal-guid-0a1b2c3d"><h1 dir="ltr" style="line-height:1.38;margin-top:20pt;"><span \
style="font-size:20pt;font-family:Arial;white-space:pre-wrap;">Ferry is back</span></h1>\
<p dir="ltr" style="line-height:1.38;"><span style="font-size:11pt;white-space:pre-wrap;">The \
ferry carried </span><span style="font-weight:700;">3,900</span><span style="white-space:pre-wrap;">\
 cars, says </span><a href="https://www.google.com/url?q=https://town.example/report&amp;sa=D" \
style="text-decoration:none;"><span style="color:#1155cc;text-decoration:underline;">the town\
</span></a><span style="white-space:pre-wrap;">. Nobody asked why.</span></p><br /><ul \
style="margin-top:0;padding-inline-start:48px;"><li dir="ltr" style="list-style-type:disc;" \
aria-level="1"><p dir="ltr" role="presentation"><span>A new pier</span></p></li><li dir="ltr" \
aria-level="1"><p dir="ltr" role="presentation"><span>Two boats</span></p></li></ul><ol><li \
dir="ltr"><p dir="ltr" role="presentation"><span>One crew</span></p></li></ol><div dir="ltr" \
style="margin-left:0pt;" align="left"><table style="border:none;border-collapse:collapse;">\
<colgroup><col width="312" /><col width="312" /></colgroup><tbody><tr style="height:0pt"><td \
style="vertical-align:top;"><p dir="ltr"><span>Year</span></p></td><td><p dir="ltr"><span>Cars\
</span></p></td></tr><tr><td><p dir="ltr"><span>2024</span></p></td><td><p dir="ltr"><span>3,900\
</span></p></td></tr></tbody></table></div><br /><p dir="ltr"><span>It is so.</span></p></b><br \
class="Apple-interchange-newline">"""

LIBREOFFICE = """<!DOCTYPE html>
<html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"/><title></title>
<meta name="generator" content="LibreOffice 24.2 (Linux)"/><style type="text/css">
@page { size: 21cm 29.7cm; margin: 2cm } p { line-height: 115%; background: transparent }
a:link { color: #000080 }</style></head><body lang="en-GB" link="#000080" dir="ltr">
<h1 class="western">Ferry is back</h1>
<p style="margin-bottom: 0cm">The ferry carried <b>3,900</b> cars, says <font color="#000080"><u><a \
href="https://town.example/report">the
town</a></u></font>. Nobody asked why.</p>
<p style="margin-bottom: 0cm"><br/>

</p>
<ul>
	<li><p style="margin-bottom: 0cm">A new pier</p></li>
	<li><p style="margin-bottom: 0cm">Two boats</p></li>
</ul>
<ol>
	<li><p style="margin-bottom: 0cm">One crew</p></li>
</ol>
<table width="100%" cellpadding="4" cellspacing="0"><col width="128*"/><col width="128*"/>
	<tr valign="top"><td><p>Year</p></td><td><p>Cars</p></td></tr>
	<tr valign="top"><td sdval="2024" sdnum="2057;"><p>2024</p></td><td sdval="3900"><p>3,900</p>
	</td></tr>
</table>
<p style="margin-bottom: 0cm">It is so.</p>
</body></html>"""

OUTLOOK = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta \
http-equiv="Content-Type" content="text/html; charset=utf-8"><meta name="Generator" \
content="Microsoft Word 15 (filtered medium)"><!--[if !mso]><style>v\\:* {behavior:url(#default#VML);\
}</style><![endif]--><style><!-- p.MsoNormal {margin:0cm;} --></style></head><body lang="EN-GB" \
style="word-wrap:break-word"><div class="WordSection1">
<p class="MsoNormal"><b><span style="font-size:16.0pt">Ferry is back<o:p></o:p></span></b></p>
<p class="MsoNormal"><o:p>&nbsp;</o:p></p>
<p class="MsoNormal">The ferry carried <b>3,900</b> cars, says <a
href="https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Ftown.example%2Freport&amp;data=05" \
originalsrc="https://town.example/report">the town</a>. Nobody asked why.<o:p></o:p></p>
<p class="MsoNormal"><o:p>&nbsp;</o:p></p>
<ul style="margin-top:0cm" type="disc"><li class="MsoListParagraph" style="mso-list:l0 level1 lfo1">\
A new pier<o:p></o:p></li><li class="MsoListParagraph" style="mso-list:l0 level1 lfo1">Two boats\
<o:p></o:p></li></ul><ol type="1"><li class="MsoListParagraph">One crew<o:p></o:p></li></ol>
<table class="MsoNormalTable" border="0" cellpadding="0"><tbody><tr><td><p class="MsoNormal">Year\
<o:p></o:p></p></td><td><p class="MsoNormal">Cars<o:p></o:p></p></td></tr><tr><td><p \
class="MsoNormal">2024<o:p></o:p></p></td><td><p class="MsoNormal">3,900<o:p></o:p></p></td></tr>\
</tbody></table>
<p class="MsoNormal">It is so.<o:p></o:p></p>
<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p \
class="MsoNormal"><b>From:</b> Ann Lee &lt;ann@paper.example&gt;<br><b>Sent:</b> Friday<o:p></o:p>\
</p></div></div></body></html>"""

BROWSER = """<html><body><!--StartFragment--><span style="color: rgb(0, 0, 0); font-size: 16px; \
display: inline !important;">carried <b>3,900</b> cars, says<span>&nbsp;</span></span><a \
href="https://town.example/report" style="color: blue;">the town</a><span style="display: inline \
!important;">. Nobody</span><!--EndFragment--></body></html>"""
"""Part of one paragraph, as a browser copies it."""


def without_styles(html: str) -> str:
    """The HTML without what a browser would not let a page of ours copy."""
    bare = re.sub(r"<(script|style)>.*?</\1>|<!\[if.*?<!\[endif\]>", "", html, flags=re.DOTALL)
    return re.sub(r"\sstyle=('[^']*'|\"[^\"]*\")", "", bare)
