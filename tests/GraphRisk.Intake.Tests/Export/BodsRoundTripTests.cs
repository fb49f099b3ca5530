using System.Globalization;
using System.Text;
using System.Text.Json;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Algorithms.Ownership;
using GraphRisk.Graph.Algorithms.Ownership.Charts;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Intake.Export;
using GraphRisk.Intake.Tests.Import;
using GraphRisk.TestKit;

namespace GraphRisk.Intake.Tests.Export;

/// <summary>Charts written as BODS and imported again answer as they did; what the standard cannot say is named.</summary>
public sealed class BodsRoundTripTests
{
    private const int Sketches = 150;
    private const string Company = "C0";

    [Test]
    public async Task WhatIsReadBackAnswersAsTheChartDid()
    {
        var (compared, ranges, nominees, arrangements) = (0, 0, 0, 0);
        for (var seed = 1; seed <= Sketches; seed++)
        {
            var drawing = Drawing(seed);
            var drawn = GraphText.Draw(drawing);
            var chart = OwnershipChart.Draw(drawn.Snapshot, drawn[Company], new ChartQuestion(ChartDirection.Up), WorkMeter.Unlimited);
            var statements = new BodsStatements(drawn.Snapshot, chart);
            var (read, landed) = await ReadBackAsync(statements);
            Assert.That(chart.IsComplete);
            var (before, after) = (HoldingGraph.Of(drawn.Snapshot), HoldingGraph.Of(read));
            var wanted = Answers(before, node => drawn.Snapshot.Nodes.IdOf(node).ToString(), [.. chart.Parties], Guesses(statements));
            var found = Answers(after, node => Original(read.Nodes.IdOf(node)), [.. chart.Parties.Select(party => read.Nodes.Find(Copy(drawn.Snapshot.Nodes.IdOf(party)))).Where(node => node >= 0)], Guesses(statements));
            Assert.That(found, Is.EqualTo(wanted), () => $"seed {seed}:\n{drawing}\n{string.Join('\n', statements.Unsaid)}");
            compared += wanted.Count;
            ranges += before.HasIntervals ? 1 : 0;
            nominees += drawing.Contains("nominee=true", StringComparison.Ordinal) ? 1 : 0;
            arrangements += drawing.Contains("ARRANGEMENT", StringComparison.Ordinal) ? 1 : 0;
            Assert.That(landed, Is.GreaterThan(0));
        }

        Assert.That((compared > 2500, ranges > 50, nominees > 50, arrangements > 50), Is.EqualTo((true, true, true, true)), $"{compared} answers, {ranges} with ranges, {nominees} with nominees, {arrangements} with arrangements");
    }

    /// <summary>A nominee, a trust, a range, an unknown share and an agreement, as a person can check it.</summary>
    [Test]
    public void StatementsSayEndsNominationAndRolesInTheStandardsWords()
    {
        var drawn = GraphText.Draw("""
            (N:Person name=Nominee)-[HOLDS share=0.3 directness=DIRECT nominee=true]->(C0:Company kind=COMPANY name=甲)
            (P:Person name=Owner)-[RELATED_TO kind=nominator]->(N)
            (T:Company kind=ARRANGEMENT)-[HOLDS shareMin=0.25 shareMinOpen=true shareMax=0.5 shareMaxOpen=true]->(C0)
            (B:Person kind=ANONYMOUS)-[RELATED_TO kind=受益人]->(T)
            (Q:Person)-[HOLDS]->(C0)
            (G:Agreement kind=ACTING_IN_CONCERT)-[VOTES_IN]->(C0)
            (P)-[BOUND_BY]->(G);(Q)-[BOUND_BY]->(G)
            """);
        var statements = new BodsStatements(drawn.Snapshot, OwnershipChart.Draw(drawn.Snapshot, drawn[Company], new ChartQuestion(ChartDirection.Up), WorkMeter.Unlimited));
        var written = Write(statements);
        using var json = JsonDocument.Parse(written);
        var relationships = json.RootElement.EnumerateArray().Where(one => one.GetProperty("recordType").GetString() == "relationship").Select(one => one.GetProperty("recordDetails")).Select(details =>
            $"{details.GetProperty("interestedParty")} {details.GetProperty("subject")} {string.Join(' ', details.GetProperty("interests").EnumerateArray().Select(interest => $"{interest.GetProperty("type")}{(interest.TryGetProperty("share", out var share) ? share.GetRawText().Replace("\n", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal) : "")}"))}");
        Assert.That(relationships, Is.EquivalentTo(new[]
        {
            """Person/N/nomination Company/C0 shareholding{"exact":30.0}""", """Company/T Company/C0 shareholding{"exclusiveMinimum":25.00,"exclusiveMaximum":50.0}""", "Person/Q Company/C0 shareholding",
            "Person/N Person/N/nomination nominee", "Person/P Person/N/nomination nominator", "Person/B Company/T beneficiaryOfLegalArrangement",
        }));
        Assert.That(statements.Unsaid[0], Is.EqualTo("1 agreement(s) to act in concert or to vote by proxy bind parties of the chart: Agreement/G. Control by them is not in the statements."));
        var annotated = json.RootElement.EnumerateArray().Single(one => one.TryGetProperty("annotations", out _));
        Assert.That((annotated.GetProperty("recordId").GetString(), annotated.GetProperty("annotations").GetArrayLength()), Is.EqualTo(("Company/C0", statements.Unsaid.Length)));
        Assert.That(json.RootElement.EnumerateArray().Select(one => one.GetProperty("statementId").GetString()!.Length), Is.All.EqualTo(32));
        Assert.That(Write(statements), Is.EqualTo(written), "the same bytes");
    }

    [Test]
    public void WhatTheStandardCannotSayIsNamed()
    {
        var drawn = GraphText.Draw("""
            (F:Company kind=PARTNERSHIP)-[HOLDS shareMin=0.75 shareMax=1 shareClass=A]->(C0:Company kind=COMPANY)
            (N:Person)-[HOLDS share=0.1 nominee=true]->(C0)
            (X:Person)-[HOLDS share=1]->(F)
            """);
        var chart = OwnershipChart.Draw(drawn.Snapshot, drawn[Company], new ChartQuestion(ChartDirection.Up, Levels: 1), WorkMeter.Unlimited);
        Assert.That(new BodsStatements(drawn.Snapshot, chart).Unsaid.Select(sentence => sentence.Split(' ')[1]), Is.EqualTo(new[] { "range(s)", "holding(s)", "organisation(s)", "holding(s)", "holding(s)", "end" }));
        Assert.That(chart.Holdings, Has.Length.EqualTo(2));
    }

    [Test]
    public void AChartDownwardsHasWhoElseHoldsPartsBeside()
    {
        var drawn = GraphText.Draw("""
            (X:Person)-[HOLDS share=0.6]->(A:Company)-[HOLDS share=0.5]->(B:Company)
            (Y:Person)-[HOLDS share=0.2]->(H:Company)-[HOLDS share=0.3]->(B)
            (Z:Person)-[HOLDS share=0.1]->(X2:Company)
            """);
        string Told(ChartDirection direction) => drawn.Labels(OwnershipChart.Draw(drawn.Snapshot, drawn["A"], new ChartQuestion(direction), WorkMeter.Unlimited).Parties.OrderBy(drawn.LabelOf));
        Assert.That((Told(ChartDirection.Up), Told(ChartDirection.Down), Told(ChartDirection.Both)), Is.EqualTo(("A X", "A B H", "A B H X")));
    }

    private static bool Guesses(BodsStatements statements) => !statements.Unsaid.Any(sentence => sentence.Contains("upper end", StringComparison.Ordinal));

    private static async Task<(Snapshot Snapshot, long Landed)> ReadBackAsync(BodsStatements statements)
    {
        using var bench = new ImportBench();
        bench.Write("chart.json", Write(statements));
        var report = await bench.Import();
        Assert.That(bench.Quarantine.List().Select(entry => $"{entry.Line} {entry.Field} {entry.Reason}"), Is.Empty);
        return (await SnapshotBuilder.BuildAsync(bench.Store, await bench.Store.GetVersionAsync(), GraphText.DefaultAsOf), report.Files.Single().Landed);
    }

    private static string Write(BodsStatements statements)
    {
        using var stream = new MemoryStream();
        statements.Write(stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static NodeId Copy(NodeId id) => new(id.Type, $"bods:{id}");

    private static string Original(NodeId copy) => copy.Key["bods:".Length..];

    /// <summary>Parts under each semantics at each end, and who controls whom for certain and possibly.</summary>
    private static SortedSet<string> Answers(HoldingGraph holdings, Func<int, string> nameOf, List<int> parties, bool guesses)
    {
        var told = new SortedSet<string>(StringComparer.Ordinal);
        var lookThrough = new OwnershipLookThrough(holdings);
        foreach (var company in parties)
        {
            foreach (var semantics in Enum.GetValues<OwnershipSemantics>())
                foreach (var stake in lookThrough.OwnersOf(company, new LookThroughQuestion(semantics) { Bound = ShareBound.Upper }).Stakes)
                    if (stake.Upper != 0)
                        told.Add(string.Create(CultureInfo.InvariantCulture, $"{nameOf(stake.Holder)} {nameOf(company)} {semantics} {stake.Lower:0.#########} {(guesses ? stake.Share : 0):0.#########} {stake.Upper:0.#########}"));
            foreach (var bound in new[] { ShareBound.Lower, ShareBound.Upper })
                foreach (var controlled in new CompanyControl(holdings, parameters: ControlParameters.Default with { Bound = bound }).ControlledNodes(company))
                    if (parties.Contains(controlled)) told.Add($"{nameOf(company)} controls {nameOf(controlled)} {bound}");
        }

        return told;
    }

    private static string Drawing(int seed)
    {
        var random = new Random(seed);
        var text = new StringBuilder();
        var (persons, companies) = (random.Next(2, 5), random.Next(2, 5));
        string Part(int percent) => (percent / 100m).ToString(CultureInfo.InvariantCulture);
        for (var i = 0; i < persons; i++) text.AppendLine(CultureInfo.InvariantCulture, $"(P{i}:Person name=p{i})");
        for (var i = 0; i < companies; i++) text.AppendLine(CultureInfo.InvariantCulture, $"(C{i}:Company name=c{i} kind={(random.Next(6) == 0 ? "UNKNOWN" : "COMPANY")})");
        for (var i = 0; i < 2; i++) text.AppendLine(CultureInfo.InvariantCulture, $"(T{i}:Company kind=ARRANGEMENT)");
        string Party() => random.Next(5) switch { 0 => $"T{random.Next(2)}", 1 or 2 => $"C{random.Next(companies)}", _ => $"P{random.Next(persons)}" };
        for (var i = random.Next(companies + persons, 2 * (companies + persons)); i > 0; i--)
        {
            var (low, high) = (random.Next(0, 40), random.Next(1, 60));
            low = Math.Min(low, high - 1);
            var share = random.Next(7) switch
            {
                0 => "",
                1 => $"shareMin={Part(low)} shareMax={Part(high)} shareMinOpen={(random.Next(2) == 0 ? "true" : "false")} shareMaxOpen={(random.Next(2) == 0 ? "true" : "false")}",
                2 => $"shareMin={Part(low)}{(random.Next(3) == 0 ? " shareMax=1" : "")}",
                3 => $"share={Part(high)} votes={Part(low)}",
                _ => $"share={Part(high)}",
            };
            var directness = random.Next(8) switch { 0 => " directness=INDIRECT", 1 => " directness=UNKNOWN", _ => " directness=DIRECT" };
            text.AppendLine(CultureInfo.InvariantCulture, $"({Party()})-[HOLDS {share}{directness}{(random.Next(4) == 0 ? " nominee=true" : "")}]->(C{(random.Next(3) == 0 ? 0 : random.Next(companies))})");
        }

        for (var i = random.Next(0, 4); i > 0; i--)
            text.AppendLine(CultureInfo.InvariantCulture, $"(P{random.Next(persons)})-[RELATED_TO kind={(random.Next(3) == 0 ? "nominee" : "nominator")}]->({Party()})");
        for (var i = random.Next(0, 4); i > 0; i--)
            text.AppendLine(CultureInfo.InvariantCulture, $"(P{random.Next(persons)})-[RELATED_TO kind={new[] { "settlor", "trustee", "受益人", "protector" }[random.Next(4)]}]->(T{random.Next(2)})");
        return text.ToString();
    }
}
