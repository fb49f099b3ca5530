using System.Collections.Immutable;
using System.Globalization;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Scoring.Features;
using GraphRisk.Server.Tests.Served;
using GraphRisk.Workflow.Warnings;
using GraphRisk.Workflow.Warnings.Figures;

namespace GraphRisk.Server.Tests.Warnings;

/// <summary>What a broker's warnings rest on: what it may know, and the score of who authorised it for monitoring.</summary>
public sealed class WarningReaderTests
{
    private static readonly NodeId B001 = new("Broker", "B001");
    private static readonly NodeId Zhang = NodeId.Parse(SmallMarket.ZhangAtB001);
    private static readonly ImmutableArray<string> Figures = [.. WarningFigures.Table.Select(figure => figure.Name), .. FeatureSet.Features.Select(feature => feature.Name)];

    [TestCase(null, null, null, false)]
    [TestCase("SCORE", "kyc", null, false)]
    [TestCase("SCORE", "kyc|monitoring", "2024-06-29", false)]
    [TestCase("SCORE", "kyc|monitoring", null, true)]
    [TestCase("FACTS", "monitoring", null, true)]
    public async Task TheScoreIsReadOfWhoAuthorisedItForMonitoringAndOfNobodyElse(string? scope, string? purposes, string? withdrawnOn, bool isScored)
    {
        var sketch = LinkedDebtors.Sketch();
        await using var served = await LinkedDebtors.Serve(scope is null ? sketch : sketch.Authorise(scope, purposes!, withdrawnOn));
        var day = await ReadAsync(served);
        Assert.That((day.Of(Zhang)!.Value.IsScored, double.IsNaN(day.ValueOf(Zhang, WarningFigures.Score))), Is.EqualTo((isScored, !isScored)));
    }

    [TestCase("2024-07-15", true)]
    [TestCase("2024-07-16", false)]
    public async Task WhatWasWithdrawnByTheClockIsReadNoMoreThoughTheSourcesReachLessFar(string clock, bool isScored)
    {
        await using var served = await LinkedDebtors.Serve(LinkedDebtors.Sketch().Authorise("SCORE", "monitoring", "2024-07-16"));
        Assert.That((await ReadAsync(served, DateOnly.Parse(clock, CultureInfo.InvariantCulture))).Of(Zhang)!.Value.IsScored, Is.EqualTo(isScored));
    }

    [Test]
    public async Task AnotherBrokersSecretsAreNoInputOfAnyFigure()
    {
        await using var one = await LinkedDebtors.Serve(LinkedDebtors.Sketch());
        await using var other = await LinkedDebtors.Serve(LinkedDebtors.Sketch(9_000_000m)
            .Node("CreditEvent/broker-B002:E1", ("kind", "FORCED_LIQUIDATION"), ("occurredOn", "2024-06-20"))
            .Edge("BEFELL", "CreditEvent/broker-B002:E1", SmallMarket.ZhangAtB002).Edge("CONCERNS", "CreditEvent/broker-B002:E1", "MarginContract/broker-B002:M7")
            .Node("CreditEvent/broker-B003:E2", ("kind", "DEFAULT"), ("occurredOn", "2024-06-21"))
            .Edge("BEFELL", "CreditEvent/broker-B003:E2", "Company/broker-B003:H").Edge("CONCERNS", "CreditEvent/broker-B003:E2", "MarginContract/broker-B003:M9"));
        var (here, there) = ((await ReadAsync(one)).Of(Zhang)!.Value, (await ReadAsync(other)).Of(Zhang)!.Value);
        Assert.That(there.Values, Is.EqualTo(here.Values));
        Assert.That((there.Exposure, there.Probability, there.IsInDefault), Is.EqualTo((here.Exposure, here.Probability, false)));
    }

    private static async Task<DayFigures> ReadAsync(ServedGraph served, DateOnly? clock = null)
    {
        var question = new WarningQuestion(ImmutableSortedDictionary<DateOnly, ImmutableArray<string>>.Empty.Add(ServedGraph.Today, Figures), ServedGraph.Today, clock ?? ServedGraph.Today);
        var read = await new WarningReader(new SnapshotProvider(served.Store), served.Dependencies.Model).ReadAsync([B001], question);
        return read[B001][ServedGraph.Today];
    }
}
