using System.Collections.Immutable;
using System.Globalization;

namespace GraphRisk.Workflow.Recovery;

/// <summary>A text in Chinese with English beside.</summary>
/// <param name="Zh">Chinese.</param>
/// <param name="En">English.</param>
public readonly record struct Bilingual(string Zh, string En);

/// <summary>A part of a request to freeze as it is laid out: a table under a heading.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Heads">Heads of its columns; none where each row begins with its own.</param>
/// <param name="Rows">Its rows: the head of a row that has one, and its cells.</param>
public sealed record FreezeSection(Bilingual Title, ImmutableArray<Bilingual> Heads, ImmutableArray<(Bilingual? Head, ImmutableArray<string> Cells)> Rows);

/// <summary>What a request to freeze says, part by part, in Chinese with English beside: the page and the PDF are made of it, and every value has the digits it has in the JSON.</summary>
public static class FreezeLayout
{
    /// <summary>What it is called.</summary>
    public static Bilingual Title { get; } = new("财产保全申请书", "Application for preservation of property");

    /// <summary>Who signs.</summary>
    public static ImmutableArray<Bilingual> Signatures { get; } = [new("起草人", "Drafted by"), new("批准人", "Approved by"), new("申请人（盖章）", "Applicant, seal")];

    private static readonly ImmutableArray<Bilingual> AssetHeads =
    [
        new("种类", "Kind"), new("名义人", "In the name of"), new("关联", "Link"), new("链条", "Through"), new("账户", "Account"), new("证券", "Security"), new("合约", "Contract"), new("数量", "Quantity"),
        new("价值", "Value"), new("可处置", "Free"), new("他人权利", "Rights of others"), new("停牌", "Suspended"),
    ];

    /// <summary>The parts of a paper, in their order.</summary>
    public static ImmutableArray<FreezeSection> Of(FreezePaper paper)
    {
        var document = paper.Document;
        return
        [
            Pairs("编号", "Number", [("申请编号", "Request", paper.Number)]),
            Pairs("申请人", "Applicant", Of(document.Applicant)),
            Pairs("被申请人", "Respondent", Of(document.Respondent)),
            Pairs("合约与违约", "Contract and default",
            [
                ("合约编号", "Contract", document.Contract.Number), ("种类", "Kind", FreezeWords.With(document.Contract.Kind)), ("订立日", "Opened on", Day(document.Contract.OpenedOn)),
                ("违约案号", "Default", document.Contract.Default), ("违约日", "Defaulted on", Day(document.Contract.DefaultedOn)), ("原因", "Cause", FreezeWords.With(document.Contract.Cause)),
            ]),
            Pairs("请求金额（元）", "Claim, yuan",
            [
                ("本金", "Principal", Number(document.Claim.Principal)), ("利息与费用", "Interest and fees", Number(document.Claim.Interest)), ("实现债权的费用", "Costs", Number(document.Claim.Costs)),
                ("合计", "Owed", Number(document.Claim.Owed)),
            ]),
            Table($"请求保全的财产（价值日 {Day(document.ValuedOn)}）", $"Property to be frozen, valued on {Day(document.ValuedOn)}", AssetHeads, document.Assets.Select(CellsOf)),
            Pairs("法律依据", "Legal basis", [("依据", "Basis", document.LegalBasis)]),
            Table("附件", "Attachments", [new("名称", "Title")], document.Attachments.Select(title => (string[])[title])),
            Table("办理情况", "States", [new("状态", "State"), new("日期", "Day"), new("文书", "Document")], paper.States.Select(step => (string[])[FreezeWords.With(step.State), Day(step.On), step.Document ?? ""])),
            Pairs("检索", "Search", [("基准时点", "As of", Instant(document.AsOf)), ("知悉时点", "Known at", Instant(document.KnownAt))]),
        ];
    }

    private static string[] CellsOf(FreezeAsset asset) =>
    [
        FreezeWords.With(asset.Kind), asset.Holder, FreezeWords.With(asset.Link), string.Join("；", asset.Chain.Select(FreezeWords.With)), asset.Account ?? "", asset.Security ?? "", asset.Contract ?? "",
        Number(asset.Quantity), Number(asset.Value), Number(asset.Free), string.Join("；", asset.Rights.Select(FreezeWords.With)), asset.IsSuspended ? "是 true" : "否 false",
    ];

    private static IEnumerable<(string Zh, string En, string Value)> Of(FreezeParty party) =>
    [
        ("名称", "Name", party.Name), .. party.Identifiers.Select(number => ("证件号码", "Identifier", number)), ("住所", "Address", party.Address ?? ""),
    ];

    private static FreezeSection Pairs(string zh, string en, IEnumerable<(string Zh, string En, string Value)> rows) =>
        new(new(zh, en), [], [.. rows.Select(row => ((Bilingual?)new Bilingual(row.Zh, row.En), (ImmutableArray<string>)[row.Value]))]);

    private static FreezeSection Table(string zh, string en, ImmutableArray<Bilingual> heads, IEnumerable<string[]> rows) =>
        new(new(zh, en), heads, [.. rows.Select(row => ((Bilingual?)null, row.ToImmutableArray()))]);

    /// <summary>An instant in the form the JSON gives it.</summary>
    private static string Instant(DateTimeOffset instant) => System.Text.Json.JsonSerializer.SerializeToElement(instant).GetString()!;

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    private static string Number(decimal? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";
}
