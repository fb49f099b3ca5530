using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Scoring.Texts;
using GraphRisk.TestKit;
using GraphRisk.Workflow.Supervision.Movers;
using GraphRisk.Workflow.Supervision.Reports;

namespace GraphRisk.Workflow.Tests.Supervision;

public sealed class MarketReportTests
{
    private static readonly DateOnly Since = new(2024, 3, 31);
    private static readonly DateOnly Day = new(2024, 6, 15);
    private static readonly string Text = MarketDrawing.Text.Replace("name=华信有限公司", "name=华信有限公司 industry=装备制造", StringComparison.Ordinal);

    [Test]
    public async Task TheSameMarketIsTheSamePageAndEveryTableHasItsWords()
    {
        var (one, other) = (await MakeAsync(), await MakeAsync());
        foreach (var language in Enum.GetValues<Language>())
            Assert.That(MarketReportPage.Write(one, language), Is.EqualTo(MarketReportPage.Write(other, language)), "and no word was missing");
        var page = MarketReportPage.Write(one, Language.Chinese);
        Assert.That(page, Does.Contain("2024-06-15证券融资市场报告").And.Contain("股票质押式回购").And.Contain("<svg"));
        Assert.That(page, Does.Contain("2024-03-31, 2024-04-30, 2024-05-31, 2024-06-15"));
        Assert.That(MarketReportPage.Write(one, Language.English), Does.Contain(">machinery and equipment<").And.Not.Contain("装备制造"), "an industry has a name in either language");
        Assert.That(page, Does.Contain("装备制造"));
    }

    [Test]
    public async Task TablesHoldWhatTheReportHolds()
    {
        var report = await MakeAsync();
        var tables = MarketReportTables.Of(report).SelectMany(section => section.Tables).ToList();
        Assert.That(tables.Select(table => table.Name), Is.Unique);
        foreach (var table in tables) Assert.That(table.Rows.Select(row => row.Length), Is.All.EqualTo(table.Columns.Length), table.Name);
        var quality = tables.Single(table => table.Name == "quality-broker-all");
        Assert.That(quality.Rows[0].Take(5), Is.EqualTo(new object[] { Day, "B1", "ALL", 3, 4_500_000m }), "the newest day first");
        var movers = tables.Single(table => table.Name == "movers-client-exposure").Rows;
        Assert.That(movers.Select(row => row[1]), Is.EqualTo(new object[] { 600_000m }), "Li alone owes more than then");
        Assert.That(tables.Single(table => table.Name == "concentration-groups").Rows[0].Take(4), Is.EqualTo(new object[] { Id(report, "Co"), 2, 20_000_000m, decimal.Round(20m / 20.5m, 12) }));
        Assert.That(report.Movers, Has.Length.EqualTo(10), "securities have two figures, clients and brokers four");
        Assert.That(report.Movers.Single(one => one is { Subject: MoverSubject.Client, Figure: MoverFigure.Exposure }).Count, Is.EqualTo(1));
    }

    [TestCase("2024-03-31", "2024-06-15", "2024-03-31 2024-04-30 2024-05-31 2024-06-15")]
    [TestCase("2024-01-15", "2024-01-20", "2024-01-15 2024-01-20")]
    [TestCase("2023-12-31", "2024-12-31", "2023-12-31 2024-01-31 2024-02-29 2024-03-31 2024-04-30 2024-05-31 2024-06-30 2024-07-31 2024-08-31 2024-09-30 2024-10-31 2024-11-30 2024-12-31")]
    [TestCase("2023-12-30", "2024-12-31", "2023-12-30 2023-12-31 2024-03-31 2024-06-30 2024-09-30 2024-12-31")]
    [TestCase("2019-06-30", "2024-12-31", "2019-06-30 2019-12-31 2020-12-31 2021-12-31 2022-12-31 2023-12-31 2024-12-31")]
    public void DaysAreMonthEndsWhereTheyFitElseQuartersOrYears(string since, string day, string days) =>
        Assert.That(string.Join(' ', MarketReport.DaysOf(DateOnly.Parse(since), DateOnly.Parse(day)).Select(one => one.ToString("yyyy-MM-dd"))), Is.EqualTo(days));

    [Test]
    public void OfADayWithoutADebtNoReportIsMade() => Assert.That(
        async () => await MarketReport.MakeAsync(Day, Since, day => ValueTask.FromResult(GraphText.Draw("(B1:Broker code=B1)", day).Snapshot), null, WorkMeter.Unlimited),
        Throws.ArgumentException.With.Message.Contain("before the first debt was stated"));

    private static string Id(MarketReport report, string label) => report.Named.Values.Single(id => id.Key.EndsWith(label, StringComparison.Ordinal)).ToString();

    /// <summary>The drawing on every day; up to May Li owed B1 400,000.</summary>
    private static Task<MarketReport> MakeAsync() => MarketReport.MakeAsync(Day, Since, Drawn, null, WorkMeter.Unlimited);

    private static ValueTask<Snapshot> Drawn(DateOnly day) =>
        ValueTask.FromResult(GraphText.Draw(day < Day ? Text.Replace("debt=1000000", "debt=400000", StringComparison.Ordinal) : Text, day).Snapshot);
}
