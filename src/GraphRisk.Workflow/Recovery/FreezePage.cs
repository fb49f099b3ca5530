using System.Net;
using System.Text;

namespace GraphRisk.Workflow.Recovery;

/// <summary>
/// A request to freeze as a page to print, in Chinese with English beside: made of the same paper as the JSON, every value in the digits it has there. One file, no script, nothing fetched; the same
/// bytes for the same paper.
/// </summary>
public static class FreezePage
{
    private const string Style = """
        @page { size: A4; margin: 18mm } body { font: 11pt/1.5 "Songti SC", SimSun, "Noto Serif CJK SC", serif; color: #000 } h1 { text-align: center; font-size: 18pt; margin: 0 } h1 small, h2 small, th small { display: block; font: 9pt/1.3 Georgia, serif; font-weight: normal }
        h2 { font-size: 12pt; margin: 1.2em 0 .3em; break-after: avoid } table { border-collapse: collapse; width: 100% } th, td { border: .5pt solid #000; padding: 2pt 4pt; text-align: left; vertical-align: top; font-size: 9.5pt } tr { break-inside: avoid } td.n { text-align: right; white-space: nowrap }
        .sign { display: flex; justify-content: space-between; margin-top: 3em; break-inside: avoid } .sign div { width: 30%; border-top: .5pt solid #000; padding-top: 3pt }
        """;

    /// <summary>Writes the page.</summary>
    public static string Write(FreezePaper paper)
    {
        var page = new StringBuilder();
        page.Append("<!DOCTYPE html>\n<html lang=\"zh\">\n<head><meta charset=\"utf-8\"><title>").Append(Text(paper.Number)).Append("</title><style>\n").Append(Style).Append("\n</style></head>\n<body>\n");
        Titled(page, "h1", FreezeLayout.Title).Append('\n');
        foreach (var section in FreezeLayout.Of(paper)) Write(page, section);
        page.Append("<div class=\"sign\">");
        foreach (var (zh, en) in FreezeLayout.Signatures) page.Append("<div>").Append(Text(zh)).Append(' ').Append(Text(en)).Append("</div>");
        page.Append("</div>\n</body>\n</html>\n");
        return page.ToString();
    }

    private static void Write(StringBuilder page, FreezeSection section)
    {
        Titled(page, "h2", section.Title).Append("\n<table>\n");
        if (!section.Heads.IsEmpty)
        {
            page.Append("<tr>");
            foreach (var head in section.Heads) Titled(page, "th", head);
            page.Append("</tr>\n");
        }

        foreach (var (head, cells) in section.Rows)
        {
            page.Append("<tr>");
            if (head is { } own) Titled(page, "th", own);
            foreach (var cell in cells) page.Append(head is null && cell.Length > 0 && char.IsAsciiDigit(cell[0]) ? "<td class=\"n\">" : "<td>").Append(Text(cell)).Append("</td>");
            page.Append("</tr>\n");
        }

        page.Append("</table>\n");
    }

    private static StringBuilder Titled(StringBuilder page, string tag, Bilingual title) =>
        page.Append('<').Append(tag).Append('>').Append(Text(title.Zh)).Append("<small>").Append(Text(title.En)).Append("</small></").Append(tag).Append('>');

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
