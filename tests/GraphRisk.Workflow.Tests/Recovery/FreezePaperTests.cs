using System.Net;
using System.Text.Json;
using GraphRisk.Graph.Schema;
using GraphRisk.Workflow.Decisions;
using GraphRisk.Workflow.Recovery;

namespace GraphRisk.Workflow.Tests.Recovery;

public sealed class FreezePaperTests
{
    private static readonly FreezePaper Paper = new(
        "F-0123-4567-89AB-CDEF",
        new FreezeDocument(
            new FreezeParty("长江证券", ["CODE B001"], null), new FreezeParty("张三 <b>&", ["RESIDENT_ID 310101198001011234", "PASSPORT E1"], "上海市浦东新区世纪大道1号"),
            new FreezeContract("B001-M2", "MarginContract", new DateOnly(2023, 5, 4), "D-1111-2222-3333-4444", new DateOnly(2024, 6, 28), "COLLATERAL"),
            new FreezeClaim(90.10m, 10m, 0m, 100.10m),
            [
                new FreezeAsset("Position", "上海华信贸易有限公司", "Certain", ["张三 Control 0.6 上海华信贸易有限公司"], "62000000009", "600519.SH", null, 7m, 70.5m, 40m, ["Frozen 3"], false),
                new FreezeAsset("PledgedShares", "张三", "Possible", [], null, "000001.SZ", "B001-P9", 12m, null, null, ["Pledged 12 B001-P9 B001"], true),
            ],
            new DateOnly(2024, 6, 30), FreezeDocument.CommonBasis, ["合约 contract", "statement"], new DateTimeOffset(2024, 6, 30, 23, 59, 59, TimeSpan.Zero), new DateTimeOffset(2024, 6, 30, 9, 0, 0, TimeSpan.Zero)),
        [new FreezeStep("DRAFTED", new DateOnly(2024, 6, 29), null), new FreezeStep("SENT", new DateOnly(2024, 6, 30), "letter \"7\"")]);

    [Test]
    public void ThePageSaysAllThatTheJsonSays()
    {
        var page = WebUtility.HtmlDecode(FreezePage.Write(Paper));
        var leaves = Leaves(JsonDocument.Parse(Paper.ToJson()).RootElement).ToList();
        Assert.That(leaves, Has.Count.GreaterThan(40));
        foreach (var leaf in leaves) Assert.That(page, Does.Contain(leaf));
    }

    [Test]
    public void EveryCodeStandsBesideItsChinese()
    {
        string[] codes =
        [
            .. Enum.GetNames<AssetKind>(), .. Enum.GetNames<LinkCertainty>(), .. Enum.GetNames<HolderStepKind>(), .. Enum.GetNames<EncumbranceKind>(),
            .. SchemaCatalog.LoadEmbedded().Node("Default").GetField("cause").Enum!.Values, .. StateTable.Embedded("freeze-request").States, .. SchemaCatalog.LoadEmbedded().NodeTypes.Where(type => type.Is("Contract")).Select(type => type.Name),
        ];
        Assert.That(codes, Has.Length.GreaterThan(30));
        foreach (var code in codes)
            Assert.That(FreezePage.Write(Paper with { States = [new FreezeStep(code, new DateOnly(2024, 6, 29), null)] }), Does.Match($"[\\u4e00-\\u9fff]（{code}）"), code);
        Assert.That(FreezePage.Write(Paper), Does.Contain("张三 控制 0.6 上海华信贸易有限公司（张三 Control 0.6 上海华信贸易有限公司）"));
    }

    [Test]
    public void NothingInItIsReadAsMarkupAndNothingIsFetched()
    {
        var page = FreezePage.Write(Paper);
        Assert.That(page, Does.Contain("张三 &lt;b&gt;&amp;").And.Not.Contain("<b>").And.Not.Contain("http").And.Not.Contain("<script"));
        Assert.That(FreezePage.Write(Paper), Is.EqualTo(page));
    }

    [Test]
    public void WhatIsKeptReadsBackToTheSameBytes() =>
        Assert.That(CanonicalJson.Write(CanonicalJson.Read<FreezeDocument>(CanonicalJson.Write(Paper.Document))), Is.EqualTo(CanonicalJson.Write(Paper.Document)));

    private static IEnumerable<string> Leaves(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Leaves(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Leaves),
        JsonValueKind.Null => [],
        JsonValueKind.String => [element.GetString()!],
        _ => [element.GetRawText()],
    };
}
