using System.Globalization;
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
        var (page, document) = (new StringBuilder(), paper.Document);
        page.Append("<!DOCTYPE html>\n<html lang=\"zh\">\n<head><meta charset=\"utf-8\"><title>").Append(Text(paper.Number)).Append("</title><style>\n").Append(Style).Append("\n</style></head>\n<body>\n")
            .Append("<h1>财产保全申请书<small>Application for preservation of property</small></h1>\n");
        Pairs(page, "编号", "Number", [("申请编号", "Request", paper.Number)]);
        Pairs(page, "申请人", "Applicant", Of(document.Applicant));
        Pairs(page, "被申请人", "Respondent", Of(document.Respondent));
        Pairs(page, "合约与违约", "Contract and default",
        [
            ("合约编号", "Contract", document.Contract.Number), ("种类", "Kind", FreezeWords.With(document.Contract.Kind)), ("订立日", "Opened on", Day(document.Contract.OpenedOn)),
            ("违约案号", "Default", document.Contract.Default), ("违约日", "Defaulted on", Day(document.Contract.DefaultedOn)), ("原因", "Cause", FreezeWords.With(document.Contract.Cause)),
        ]);
        Pairs(page, "请求金额（元）", "Claim, yuan",
        [
            ("本金", "Principal", Number(document.Claim.Principal)), ("利息与费用", "Interest and fees", Number(document.Claim.Interest)), ("实现债权的费用", "Costs", Number(document.Claim.Costs)),
            ("合计", "Owed", Number(document.Claim.Owed)),
        ]);
        Table(page, $"请求保全的财产（价值日 {Day(document.ValuedOn)}）", $"Property to be frozen, valued on {Day(document.ValuedOn)}",
            [("种类", "Kind"), ("名义人", "In the name of"), ("关联", "Link"), ("链条", "Through"), ("账户", "Account"), ("证券", "Security"), ("合约", "Contract"), ("数量", "Quantity"), ("价值", "Value"), ("可处置", "Free"), ("他人权利", "Rights of others"), ("停牌", "Suspended")],
            document.Assets.Select(asset => (string[])
            [
                FreezeWords.With(asset.Kind), asset.Holder, FreezeWords.With(asset.Link), string.Join("；", asset.Chain.Select(FreezeWords.With)), asset.Account ?? "", asset.Security ?? "", asset.Contract ?? "", Number(asset.Quantity), Number(asset.Value), Number(asset.Free),
                string.Join("；", asset.Rights.Select(FreezeWords.With)), asset.IsSuspended ? "是 true" : "否 false",
            ]));
        Pairs(page, "法律依据", "Legal basis", [("依据", "Basis", document.LegalBasis)]);
        Table(page, "附件", "Attachments", [("名称", "Title")], document.Attachments.Select(title => (string[])[title]));
        Table(page, "办理情况", "States", [("状态", "State"), ("日期", "Day"), ("文书", "Document")], paper.States.Select(step => (string[])[FreezeWords.With(step.State), Day(step.On), step.Document ?? ""]));
        Pairs(page, "检索", "Search", [("基准时点", "As of", Instant(document.AsOf)), ("知悉时点", "Known at", Instant(document.KnownAt))]);
        page.Append("<div class=\"sign\"><div>起草人 Drafted by</div><div>批准人 Approved by</div><div>申请人（盖章）Applicant, seal</div></div>\n</body>\n</html>\n");
        return page.ToString();
    }

    /// <summary>An instant in the form the JSON gives it.</summary>
    private static string Instant(DateTimeOffset instant) => System.Text.Json.JsonSerializer.SerializeToElement(instant).GetString()!;

    private static IEnumerable<(string Zh, string En, string Value)> Of(FreezeParty party) =>
    [
        ("名称", "Name", party.Name), .. party.Identifiers.Select(number => ("证件号码", "Identifier", number)), ("住所", "Address", party.Address ?? ""),
    ];

    private static void Pairs(StringBuilder page, string zh, string en, IEnumerable<(string Zh, string En, string Value)> rows)
    {
        Heading(page, zh, en);
        page.Append("<table>\n");
        foreach (var row in rows) page.Append("<tr><th>").Append(Text(row.Zh)).Append("<small>").Append(Text(row.En)).Append("</small></th><td>").Append(Text(row.Value)).Append("</td></tr>\n");
        page.Append("</table>\n");
    }

    private static void Table(StringBuilder page, string zh, string en, IReadOnlyList<(string Zh, string En)> heads, IEnumerable<string[]> rows)
    {
        Heading(page, zh, en);
        page.Append("<table>\n<tr>");
        foreach (var head in heads) page.Append("<th>").Append(Text(head.Zh)).Append("<small>").Append(Text(head.En)).Append("</small></th>");
        page.Append("</tr>\n");
        foreach (var row in rows)
        {
            page.Append("<tr>");
            foreach (var cell in row) page.Append(cell.Length > 0 && char.IsAsciiDigit(cell[0]) ? "<td class=\"n\">" : "<td>").Append(Text(cell)).Append("</td>");
            page.Append("</tr>\n");
        }

        page.Append("</table>\n");
    }

    private static void Heading(StringBuilder page, string zh, string en) => page.Append("<h2>").Append(Text(zh)).Append("<small>").Append(Text(en)).Append("</small></h2>\n");

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    private static string Number(decimal? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";
}
