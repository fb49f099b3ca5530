using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;
using GraphRisk.Intake.Import;
using GraphRisk.Intake.Import.Mapping;
using GraphRisk.Intake.Import.Quarantine;
using GraphRisk.Intake.Resolution;
using GraphRisk.Intake.Resolution.Evaluation;
using GraphRisk.Intake.Resolution.Ledger;
using GraphRisk.Intake.Resolution.Review;
using GraphRisk.Intake.Resolution.Weights;
using GraphRisk.TestKit;

namespace GraphRisk.Intake.Tests.Resolution;

/// <summary>The sample market's records against its truth.</summary>
public sealed class MarketResolutionTests
{
    private static readonly DateTimeOffset Recorded = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly string[] PartyFiles =
        ["brokers/*/clients.csv", "registry/companies.csv", "registry/name_changes.csv", "registry/persons.csv", "exchange/issuers.csv", "lists/*.ndjson"];

    [Test]
    public async Task TheSampleMarketIsResolvedAsItsTruthSays()
    {
        var (store, summary) = await ResolveAsync();
        var truth = TruthFile.Read(Repository.PathOf("samples", "market", "truth", "entities.csv"));
        var clusters = await ReadClustersAsync(store);
        var quality = truth.Measure(clusters);
        await TestContext.Out.WriteLineAsync($"{summary}\nprecision {quality.Precision:0.0000} recall {quality.Recall:0.0000} F1 {quality.F1:0.0000}\n{quality}");
        Assert.Multiple(() =>
        {
            Assert.That(quality.Precision, Is.GreaterThanOrEqualTo(0.995));
            Assert.That(quality.Recall, Is.GreaterThanOrEqualTo(0.97));
        });
    }

    [TestCase(Verdict.Match)]
    [TestCase(Verdict.NoMatch)]
    public async Task WhatPersonsSayOfPairsInDoubtMovesThoseNobodyJudged(Verdict verdict)
    {
        var (store, _) = await ResolveAsync();
        using var folder = new TemporaryFolder();
        var options = new ResolutionOptions { ModelFile = folder.PathOf("resolution.json") };
        var before = await InDoubtAsync(store);
        Assert.That(before, Has.Count.GreaterThan(20));
        var reviews = new Reviews(store, options);
        foreach (var (judgement, at) in before.Values.Select((judgement, at) => (judgement, at)).Where(one => one.at % 2 == 0))
        {
            try
            {
                await reviews.JudgeAsync(judgement.Left, judgement.Right, verdict, "wang", "seen", Recorded.AddMinutes(at));
            }
            catch (ReviewRefusedException)
            {
                // Verdicts of one answer for all contradict each other here and there.
            }
        }

        await new Resolver(store, options with { LearnsAnew = true }).ResolveAsync(Recorded.AddDays(1));
        var model = ResolutionModelFile.Read(options.ModelFile);
        Assert.That(model.Person.Verdicts + model.Company.Verdicts, Is.GreaterThan(10));
        Assert.That(Math.Sign(model.Person.Calibration.Offset + model.Company.Calibration.Offset), Is.EqualTo(verdict == Verdict.Match ? 1 : -1));
        var after = await JudgementsAsync(store);
        var open = before.Where((_, at) => at % 2 == 1).Select(one => one.Value).ToList();
        var moved = open.Average(one => (double)(after.GetValueOrDefault((one.Left, one.Right))?.Score ?? 0));
        Assert.That(moved - open.Average(one => (double)one.Score!), verdict == Verdict.Match ? Is.GreaterThan(0.05) : Is.LessThan(-0.05), "of the pairs nobody judged");
        foreach (var judgement in after.Values.Where(one => !one.IsSetAside))
            Assert.That(judgement.Reasons.Sum(reason => ReasonLine.TryRead(reason, out var line) ? line.Bits : 0), Is.EqualTo(judgement.Bits), $"{judgement}");
    }

    private static async Task<Dictionary<(NodeId, NodeId), Judgement>> JudgementsAsync(InMemoryGraphStore store)
    {
        var found = new Dictionary<(NodeId, NodeId), Judgement>();
        var version = await store.GetVersionAsync();
        await foreach (var recorded in store.ReadAsync(ReadScope.All(version.Number) with { Types = [SchemaCatalog.SameAs] }))
            if (JudgementFacts.FromFact((RelationshipFact)recorded.Fact) is { ByPerson: false } judgement) found.Add((judgement.Left, judgement.Right), judgement);
        return found;
    }

    /// <summary>Pairs that weights leave in doubt: no rule settled them, and no number of a register speaks for one.</summary>
    private static async Task<Dictionary<(NodeId, NodeId), Judgement>> InDoubtAsync(InMemoryGraphStore store) =>
        (await JudgementsAsync(store)).Where(one => one.Value is { Verdict: Verdict.Undecided, IsSetAside: false, Bits: not 0 }).OrderBy(one => one.Key).ToDictionary();

    private static async Task<(InMemoryGraphStore Store, ResolutionSummary Summary)> ResolveAsync()
    {
        var catalog = SchemaCatalog.LoadEmbedded();
        using var folder = new TemporaryFolder();
        using var quarantine = QuarantineLog.Open(folder.Root);
        var store = new InMemoryGraphStore(catalog);
        var at = Recorded;
        var market = Repository.PathOf("samples", "market");
        var copy = folder.PathOf("market");
        foreach (var file in PartyFiles.SelectMany(pattern => Matching(market, pattern)))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(market, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        await new Importer(catalog, MappingSet.Load(catalog), quarantine).ImportAsync(store, [copy], new ImportOptions(at));
        return (store, await new Resolver(store, new ResolutionOptions()).ResolveAsync(at));
    }

    private static IEnumerable<string> Matching(string root, string pattern)
    {
        var folder = Path.GetDirectoryName(pattern)!;
        var folders = folder.EndsWith('*') ? Directory.GetDirectories(Path.Combine(root, Path.GetDirectoryName(folder)!)) : [Path.Combine(root, folder)];
        return folders.SelectMany(one => Directory.GetFiles(one, Path.GetFileName(pattern))).Order(StringComparer.Ordinal);
    }

    private static async Task<Clusters> ReadClustersAsync(InMemoryGraphStore store)
    {
        var version = await store.GetVersionAsync();
        return await Clusters.ReadAsync(store.ReadAsync(ReadScope.All(version.Number) with { Types = [SchemaCatalog.SameAs] }));
    }
}
