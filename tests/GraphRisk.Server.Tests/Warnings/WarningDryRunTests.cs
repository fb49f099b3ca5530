using System.Text.Json;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Server.Security;
using GraphRisk.Server.Tests.Served;
using GraphRisk.Workflow.Warnings.DryRun;
using GraphRisk.Workflow.Warnings.Rules;

namespace GraphRisk.Server.Tests.Warnings;

/// <summary>Rules tried over days that have passed, asked over GraphQL.</summary>
public sealed class WarningDryRunTests
{
    private const string Rules = """
        { "version": "tried", "rows": [ { "name": "ratio-low", "kind": "LEVEL", "figure": "ratio", "operator": "BELOW", "limit": 2, "severity": "NOTICE", "coolDownDays": 2, "team": "DESK", "escalatesTo": "HEAD", "takeWithinDays": 1, "title": { "en": "Low", "zh": "偏低" } } ] }
        """;

    private static readonly (DateOnly From, DateOnly To) Days = (new(2025, 9, 1), new(2025, 9, 3));

    [Test]
    public async Task ABrokerTriesThemOverItsOwnClientsAndTheSupervisorOverAll()
    {
        var served = await SampleMarket.Served;
        var (own, all) = (await AskAsync(served, ServedGraph.As(Role.Broker, "Broker/B001", "monitoring", "rules are tried")), await AskAsync(served, ServedGraph.Regulator));
        Assert.That(own.GetProperty("score").GetRawText(), Is.EqualTo(await ExpectedAsync(served, new NodeId("Broker", "B001"))));
        Assert.That(all.GetProperty("score").GetRawText(), Is.EqualTo(await ExpectedAsync(served, null)));
        Assert.That(own.TextsAt("namedLastWeek", "broker.code").Distinct(), Is.EqualTo(new[] { "B001" }));
        Assert.That(all.TextsAt("namedLastWeek", "broker.code").Distinct().Count(), Is.GreaterThan(1));
        var ofB001 = all.GetProperty("namedLastWeek").EnumerateArray().Where(one => one.TextAt("broker.code") == "B001").Select(one => one.At("expectedLoss").GetDecimal());
        Assert.That(own.GetProperty("namedLastWeek").EnumerateArray().Select(one => one.At("expectedLoss").GetDecimal()), Is.EqualTo(ofB001));
        Assert.That((own.TextAt("rules"), own.At("capacity").GetInt32()), Is.EqualTo((WarningRuleBook.Read("rules", Rules).Version, 7)));
    }

    [Test]
    public async Task OthersAreRefusedAndWhatCannotBeMeantIsTold()
    {
        var served = await SampleMarket.Served;
        const string Plain = """{ warningDryRun(from: "2025-09-01", to: "2025-09-03") { cut } }""";
        Assert.That(await served.Codes(ServedGraph.Analyst, Plain), Is.EqualTo(new[] { "FORBIDDEN" }));
        Assert.That(await served.Codes(ServedGraph.Client("Person/broker-B001:0010000074"), Plain), Is.EqualTo(new[] { "FORBIDDEN" }));
        foreach (var (asked, why) in new[]
        {
            ("""from: "2025-09-03", to: "2025-09-01" """, "must not be before 2025-09-03"),
            ("""from: "2025-09-01", to: "2035-09-01" """, "is later than outcomes are known"),
            ("""from: "2025-09-06", to: "2025-09-07" """, "no trading day"),
            ("""from: "2025-09-01", to: "2025-09-03", capacity: 0""", "must be 1 to"),
            ("""from: "2025-09-01", to: "2025-09-03", rules: "{}" """, "'rows' is lacking"),
        }) Assert.That(await served.AskText(ServedGraph.Regulator, $"{{ warningDryRun({asked}) {{ cut }} }}"), Does.Contain("BAD_USER_INPUT").And.Contain(why), asked);
    }

    private static async Task<JsonElement> AskAsync(ServedGraph served, Viewer viewer) => (await served.Ask(
        viewer,
        """query($rules: String) { warningDryRun(from: "2025-09-01", to: "2025-09-03", rules: $rules, capacity: 7) { rules capacity score { named known true foretold defaults warned } namedLastWeek { day broker { code } client { __typename } expectedLoss } } }""",
        JsonSerializer.Serialize(new { rules = Rules }))).At("warningDryRun");

    private static async Task<string> ExpectedAsync(ServedGraph served, NodeId? broker)
    {
        var runs = new WarningDryRuns(new SnapshotProvider(served.Store), served.Dependencies.Model) { Only = broker, Capacity = 7 };
        var score = (await runs.RunAsync(WarningRuleBook.Read("rules", Rules), Days.From, Days.To, served.Dependencies.Today!.Value, ServedGraph.Now))!.Score;
        return JsonSerializer.Serialize(new { named = score.Named, known = score.Known, @true = score.True, foretold = score.Foretold, defaults = score.Defaults, warned = score.Warned });
    }
}
